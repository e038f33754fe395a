import { key } from '@aimle/random';
import { describe, expect, test } from 'vitest';
import { DRAWS, noiseNames, perturbAndMap, type Setting } from '../src/playgrounds/perturb-and-map/model.js';
import {
  type StructureName,
  structureNames,
  structureOf,
} from '../src/playgrounds/perturb-and-map/structures.js';

const theta = (size: number): Float64Array =>
  Float64Array.from({ length: size }, (_, i) => Math.sin(3 * i + 1));

function setting(name: StructureName, changes: Partial<Setting> = {}): Setting {
  const structure = structureOf(name);
  return {
    structure,
    theta: theta(structure.size),
    noise: 'gumbel',
    temperature: 1,
    key: key(1),
    ...changes,
  };
}

/** Five standard errors of a share of so many draws. */
const CHANCE = 5 * Math.sqrt(0.25 / DRAWS);

describe('perturb-and-map', () => {
  test.each(structureNames)('every draw from %s is one of its states', (name) => {
    const { structure } = setting(name);
    const states = new Set([...structure.distribution.states()].map((state) => state.join('')));
    const { states: drawn } = perturbAndMap()(setting(name));
    for (let row = 0; row < DRAWS; row++) {
      expect(states).toContain(drawn.slice(row * structure.size, (row + 1) * structure.size).join(''));
    }
  });

  test('one of six under Gumbel noise is drawn as the Gibbs distribution says, at every temperature', () => {
    for (const temperature of [0.3, 1, 3]) {
      expect(perturbAndMap()(setting('1', { temperature })).gap).toBeLessThan(CHANCE);
    }
  });

  test('two and three of six are drawn from Plackett-Luce, which is not Gibbs', () => {
    for (const name of ['2', '3'] as const) {
      const { drawn, exact, gibbs } = perturbAndMap()(setting(name));
      drawn.forEach((share, i) => {
        expect(Math.abs(share - exact![i]!)).toBeLessThan(CHANCE);
      });
      expect(Math.max(...exact!.map((p, i) => Math.abs(p - gibbs[i]!)))).toBeGreaterThan(0.01);
    }
  });

  test('Sum-of-Gamma noise takes the best of several too often, more than Gumbel noise', () => {
    for (const name of ['3', 'tree'] as const) {
      const gap = (noise: Setting['noise']) => perturbAndMap()(setting(name, { noise })).gap;
      expect(gap('sum-of-gamma')).toBeGreaterThan(gap('gumbel') + CHANCE / 2);
    }
  });

  test('what is exactly known is known for Gumbel noise only', () => {
    for (const noise of noiseNames) {
      expect(perturbAndMap()(setting('2', { noise })).exact === null).toBe(noise !== 'gumbel');
    }
  });

  test('at a low temperature a draw is the best state, at a high one any state', () => {
    const cold = perturbAndMap()(setting('2', { temperature: 0.01 }));
    const { structure, theta: scores } = setting('2');
    const best = new Float32Array(scores.length);
    structure.distribution.solve(Float32Array.from(scores), best, 1);
    expect([...cold.drawn]).toEqual([...best]);
    const hot = perturbAndMap()(setting('2', { temperature: 100 }));
    for (const share of hot.drawn) expect(Math.abs(share - 2 / 6)).toBeLessThan(CHANCE);
    // Nearly even over the 15 pairs.
    expect(hot.entropy).toBeCloseTo(Math.log(15), 3);
  });

  test('the same noise is moved with theta, and another key gives another', () => {
    const picture = perturbAndMap();
    const before = setting('2');
    const first = picture(before).perturbed;
    const moved = picture({ ...before, theta: before.theta.map((value) => value + 1) }).perturbed;
    moved.forEach((value, i) => {
      expect(value).toBeCloseTo(first[i]! + 1, 5);
    });
    expect(picture({ ...before, key: key(2) }).perturbed[0]).not.toBe(first[0]);
  });
});
