/** Nanoseconds per draw of every filler: `node --conditions=@aimle/source --import tsx bench/fillers.ts`. */
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
  permutation,
  sumOfGamma,
} from '@aimle/random';

const DRAWS = 8192;
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
  permutation: (key) => permutation(key, DRAWS),
};

const ROUNDS = 60;

/** The median of `ROUNDS` rounds of a few fills each, after as many to warm up. */
function nanoseconds(fill: (key: Key) => unknown): number {
  const times: number[] = [];
  for (let round = -ROUNDS; round < ROUNDS; round++) {
    const start = performance.now();
    for (let repeat = 0; repeat < 5; repeat++) fill(foldIn(key(round), repeat));
    if (round >= 0) times.push(((performance.now() - start) * 1e6) / (5 * DRAWS));
  }
  return times.sort((a, b) => a - b)[ROUNDS / 2]!;
}

for (const [name, fill] of Object.entries(cases)) {
  process.stdout.write(`${name.padEnd(42)} ${nanoseconds(fill).toFixed(1).padStart(8)} ns/draw\n`);
}
