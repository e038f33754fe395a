import {
  fillExponential,
  fillGamma,
  fillGumbel,
  fillNormal,
  fillUniform,
  foldIn,
  type Key,
  key,
  sumOfGamma,
} from '@aimle/random';
import type { Case } from './measure.js';

/** Numbers of a fill: 0.1 ms are 1 ns a number. */
const COUNT = 100_000;

/** The fillers of random numbers. They need no engine. */
export const randomCases: readonly Case[] = [
  filling('uniform', fillUniform),
  filling('normal', fillNormal),
  filling('gumbel', fillGumbel),
  filling('exponential', fillExponential),
  filling('gamma', (filler, values) => fillGamma(filler, values, 0.5)),
  filling('sum-of-gamma', sumOfGamma({ kappa: 10 }).fill),
];

function filling(name: string, fill: (filler: Key, values: Float32Array) => void): Case {
  return {
    name: `random/${name}`,
    async prepare() {
      const values = new Float32Array(COUNT);
      let step = 0;
      return {
        run: async () => fill(foldIn(key(0), step++), values),
        dispose() {},
      };
    },
  };
}
