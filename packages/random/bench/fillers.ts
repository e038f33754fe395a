/** Nanoseconds per draw of every filler, in TypeScript and by kernels; the command is in the README. */
import { useKernels } from '@aimle/kernels';
import {
  fillBits,
  fillExponential,
  fillGamma,
  fillGumbel,
  fillIntegers,
  fillLogistic,
  fillNormal,
  fillSumOfGammaExact,
  fillUniform,
  foldIn,
  type Key,
  key,
  randomPermutation,
  sumOfGamma,
} from '@aimle/random';

/** Few enough draws that a round ends before the operating system interrupts it. */
const DRAWS = 2048;
const floats = new Float32Array(DRAWS);
const doubles = new Float64Array(DRAWS);
const integers = new Int32Array(DRAWS);
const words = new Uint32Array(DRAWS);
const noise = sumOfGamma({ kappa: 10 });
const manyTerms = sumOfGamma({ kappa: 21, terms: 100 });

const cases: Record<string, (key: Key) => unknown> = {
  fillBits: (key) => fillBits(key, words),
  'fillUniform float32': (key) => fillUniform(key, floats),
  'fillUniform float64': (key) => fillUniform(key, doubles),
  'fillExponential float32': (key) => fillExponential(key, floats),
  'fillLogistic float32': (key) => fillLogistic(key, floats),
  'fillNormal float32': (key) => fillNormal(key, floats),
  'fillNormal float64': (key) => fillNormal(key, doubles),
  'fillGumbel float32': (key) => fillGumbel(key, floats),
  'sumOfGamma, kappa 10, 10 terms': (key) => noise.fill(key, floats),
  'sumOfGamma, kappa 21, 100 terms': (key) => manyTerms.fill(key, floats),
  'fillGamma, shape 2.5': (key) => fillGamma(key, floats, 2.5),
  'fillSumOfGammaExact, kappa 10, 10 terms': (key) => fillSumOfGammaExact(key, floats, { kappa: 10 }),
  'fillIntegers 0..9': (key) => fillIntegers(key, integers, 0, 10),
  randomPermutation: (key) => randomPermutation(key, DRAWS),
};

const ROUNDS = 500;

/**
 * The fastest of many rounds, in TypeScript and by kernels in turn, after as many to warm up: other programs only add
 * time.
 */
async function nanoseconds(fill: (key: Key) => unknown): Promise<number[]> {
  const fastest = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let round = -ROUNDS; round < ROUNDS; round++) {
    const noiseKey = foldIn(key('bench'), round);
    for (const way of [0, 1]) {
      await useKernels(way === 1);
      const start = performance.now();
      fill(noiseKey);
      if (round >= 0) fastest[way] = Math.min(fastest[way]!, performance.now() - start);
    }
  }
  return fastest.map((time) => (time * 1e6) / DRAWS);
}

process.stdout.write(`${'ns/draw'.padEnd(42)} TypeScript  kernels\n`);
for (const [name, fill] of Object.entries(cases)) {
  const [typescript, kernels] = (await nanoseconds(fill)).map((time) => time.toFixed(1));
  process.stdout.write(`${name.padEnd(42)} ${typescript!.padStart(10)} ${kernels!.padStart(8)}\n`);
}

for (const terms of [10, 100, 200]) {
  let fastest = Number.POSITIVE_INFINITY;
  for (const kappa of [11, 12.5, 13, 14.5, 15]) {
    const start = performance.now();
    sumOfGamma({ kappa, terms }).fill(key(0), floats.subarray(0, 1));
    fastest = Math.min(fastest, performance.now() - start);
  }
  process.stdout.write(
    `${`table of ${terms} terms`.padEnd(42)} ${fastest.toFixed(0).padStart(10)} ms, once\n`,
  );
}
