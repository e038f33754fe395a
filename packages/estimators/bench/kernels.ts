/**
 * Times AIMLE's two passes on typed arrays, in TypeScript and with kernels in one thread and in two, in turn: the least
 * of all rounds, in processor time (of all threads) and by the clock.
 *
 *   node --conditions=@aimle/source --import tsx bench/kernels.ts [ways=0,1,2] [WORDS OF A CASE]
 */
import { kernels, useKernels } from '@aimle/kernels';
import { fillNormal, foldIn, gumbel, key, type Noise, normal, sumOfGamma } from '@aimle/random';
import { chain, type Solver, spanningTree, topK } from '@aimle/solvers';
import { type AimleOptions, aimle, noiseScaled, paperAdaptive } from '../src/index.js';

interface Case {
  readonly name: string;
  readonly solver: Solver;
  readonly batch: number;
  readonly samples: number;
  readonly noise?: Noise;
  readonly options?: AimleOptions;
}

const ofVae = { solver: topK({ size: 20, k: 10 }), batch: 2000, samples: 10 };

const cases: readonly Case[] = [
  { name: 'topk-dvae-gumbel', ...ofVae },
  { name: 'topk-dvae-sog', ...ofVae, noise: sumOfGamma({ kappa: 10 }) },
  { name: 'topk-l2x-gumbel', solver: topK({ size: 350, k: 10 }), batch: 40, samples: 1 },
  { name: 'topk-large-gumbel', solver: topK({ size: 10_000, k: 50 }), batch: 64, samples: 4 },
  {
    name: 'tree-nri-sog',
    solver: spanningTree({ vertices: 10 }),
    batch: 128,
    samples: 1,
    noise: sumOfGamma({ kappa: 10 }),
  },
  { name: 'chain-20x10-gumbel', solver: chain({ length: 20, labels: 10 }), batch: 100, samples: 1 },
  { name: 'topk-dvae-normal', ...ofVae, noise: normal() },
  ...[1, 4, 16, 64].map((draws) => ({
    name: `topk-dvae-gumbel, draws ${draws}`,
    ...ofVae,
    options: { draws },
  })),
  { name: 'topk-dvae-gumbel, defaults, S 10', ...ofVae, options: { perturbation: noiseScaled() } },
  { name: 'topk-dvae-gumbel, defaults, S 1', ...ofVae, samples: 1, options: { perturbation: noiseScaled() } },
];

/** Milliseconds of processor time: on a machine that others use too, the clock counts their turns as well. */
function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** The least that a pass took. */
class Least {
  processor = Number.POSITIVE_INFINITY;
  clock = Number.POSITIVE_INFINITY;

  time<T>(work: () => T): T {
    const [processor, clock] = [processorTime(), performance.now()];
    const result = work();
    this.clock = Math.min(this.clock, performance.now() - clock);
    this.processor = Math.min(this.processor, processorTime() - processor);
    return result;
  }
}

const words = process.argv.slice(2);
/** Threads of the kernels; 0 for TypeScript. */
const ways = (words.find((word) => word.startsWith('ways='))?.slice('ways='.length) ?? '0,1,2')
  .split(',')
  .map(Number);
const wanted = words.filter((word) => !word.startsWith('ways=')).join(' ');

/** Loads the kernels, and waits until all threads work. */
async function use(threads: number): Promise<void> {
  await useKernels(threads > 0, threads > 0 ? { threads } : {});
  while (threads > 0 && kernels()!.team(1e9).threads < threads) {
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

for (const { name, solver, batch, samples, noise = gumbel(), options } of cases) {
  if (!name.includes(wanted)) continue;
  const perturbation = paperAdaptive({ initialAlpha: 1 });
  const theta = new Float32Array(batch * solver.size);
  fillNormal(key(0), theta);
  const gradient = new Float32Array(theta.length * samples);
  fillNormal(key(1), gradient);
  const layers = ways.map(() => aimle(solver, { noise, perturbation, ...options }));
  const times = ways.map(() => ({ forward: new Least(), backward: new Least() }));
  const end = performance.now() + 6000;
  let rounds = 0;
  for (; rounds < 5 || performance.now() < end; rounds++) {
    for (const [way, threads] of ways.entries()) {
      await use(threads);
      const { forward, backward } = times[way]!;
      const settings = { key: foldIn(key(2), rounds), samples };
      const { vjp } = forward.time(() => layers[way]!.forward(theta, settings));
      backward.time(() => vjp(gradient));
    }
  }
  const sum = (way: number, by: 'processor' | 'clock') => times[way]!.forward[by] + times[way]!.backward[by];
  const lines = ways.map((threads, way) => {
    const { forward, backward } = times[way]!;
    const parts = (by: 'processor' | 'clock') =>
      `${sum(way, by).toFixed(2)} ms (${forward[by].toFixed(2)} + ${backward[by].toFixed(2)})`;
    const ratio = (by: 'processor' | 'clock') => (sum(0, by) / sum(way, by)).toFixed(2);
    const name = threads === 0 ? 'TypeScript' : `kernels, ${threads} thread${threads === 1 ? '' : 's'}`;
    return (
      `  ${name}: processor ${parts('processor')}, clock ${parts('clock')}; ` +
      `ratio of the first to it ${ratio('processor')} and ${ratio('clock')}`
    );
  });
  process.stdout.write(`${name}, ${rounds} rounds\n${lines.join('\n')}\n`);
}
