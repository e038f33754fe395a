/**
 * Times AIMLE's two passes on typed arrays, with kernels and without, in turn.
 *
 *   node --conditions=@aimle/source --import tsx bench/kernels.ts [WORDS OF A CASE]
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

for (const { name, solver, batch, samples, noise = gumbel(), options } of cases) {
  const wanted = process.argv.slice(2).join(' ');
  if (!name.includes(wanted)) continue;
  const perturbation = paperAdaptive({ initialAlpha: 1 });
  const theta = new Float32Array(batch * solver.size);
  fillNormal(key(0), theta);
  const gradient = new Float32Array(theta.length * samples);
  fillNormal(key(1), gradient);
  const layers = [false, true].map(() => aimle(solver, { noise, perturbation, ...options }));
  const times: { forward: number[]; backward: number[] }[] = layers.map(() => ({
    forward: [],
    backward: [],
  }));
  const end = performance.now() + 4000;
  for (let step = 0; step < 5 || performance.now() < end; step++) {
    for (const withKernels of [false, true]) {
      await useKernels(withKernels);
      if (withKernels !== (kernels() !== null)) throw new Error('bench: kernels must load');
      const start = processorTime();
      const { vjp } = layers[+withKernels]!.forward(theta, { key: foldIn(key(2), step), samples });
      const middle = processorTime();
      vjp(gradient);
      times[+withKernels]!.forward.push(middle - start);
      times[+withKernels]!.backward.push(processorTime() - middle);
    }
  }
  const least = times.map(({ forward, backward }) => [Math.min(...forward), Math.min(...backward)] as const);
  const [arrays, fused] = least.map(([forward, backward]) => forward + backward) as [number, number];
  const parts = least.map(([forward, backward]) => `${forward.toFixed(2)} + ${backward.toFixed(2)}`);
  process.stdout.write(
    `${name}: arrays ${arrays.toFixed(2)} ms (${parts[0]}), kernels ${fused.toFixed(2)} ms (${parts[1]}), ` +
      `ratio ${(arrays / fused).toFixed(2)}, ${times[0]!.forward.length} rounds\n`,
  );
}
