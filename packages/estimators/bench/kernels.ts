/**
 * Times AIMLE's two passes on typed arrays: in TypeScript, and with kernels in one thread and in two, in turn. The
 * first two in processor time, and kernels also by the clock; the least of all rounds.
 *
 *   node --conditions=@aimle/source --import tsx bench/kernels.ts [threads=2] [WORDS OF A CASE]
 */
import { kernels, useKernels } from '@aimle/kernels';
import { fillNormal, foldIn, gumbel, key, type Noise, sumOfGamma } from '@aimle/random';
import { type Solver, spanningTree, topK } from '@aimle/solvers';
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
const many = Number(words.find((word) => word.startsWith('threads='))?.slice('threads='.length) ?? 2);
const wanted = words.filter((word) => !word.startsWith('threads=')).join(' ');
/** Threads of the kernels; 0 for TypeScript. */
const ways = process.env.WAYS ? process.env.WAYS.split(',').map(Number) : [0, 1, many];

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
  const parts = (way: number, by: 'processor' | 'clock') => {
    const { forward, backward } = times[way]!;
    return `${sum(way, by).toFixed(2)} ms (${forward[by].toFixed(2)} + ${backward[by].toFixed(2)})`;
  };
  process.stdout.write(
    `${name}: arrays ${parts(0, 'processor')}, kernels ${parts(1, 'processor')}, ` +
      `ratio ${(sum(0, 'processor') / sum(1, 'processor')).toFixed(2)}; by the clock one thread ` +
      `${parts(1, 'clock')}, ${many} threads ${parts(2, 'clock')}, processor ${parts(2, 'processor')}, ` +
      `ratio ${(sum(1, 'clock') / sum(2, 'clock')).toFixed(2)}; ${rounds} rounds\n`,
  );
}
