import { useEngine } from '@aimle/engine';
import { key } from '@aimle/random';
import { expectNoLeak } from '@aimle/testkit';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { believed } from '../src/playgrounds/shortest-path/believed.js';
import { Learner, methods } from '../src/playgrounds/shortest-path/learner.js';
import {
  CELLS,
  drawPairs,
  kinds,
  paths,
  randomMap,
  SIDE,
  scoreOf,
  terrainOf,
  trueCosts,
} from '../src/playgrounds/shortest-path/terrain.js';

const map = randomMap(key(4));
const terrain = terrainOf(map, key(9));
const truth = trueCosts(map);
const pairs = drawPairs(key(1), 48);
const best = paths(truth, pairs);

describe('terrain', () => {
  test('a random map has every kind, and colours that tell kinds apart but are not the same twice', () => {
    expect(new Set(map).size).toBe(kinds.length);
    expect(new Set(terrain.colours).size).toBeGreaterThan(2 * CELLS);
  });

  test('painting one cell changes its colour and no other', () => {
    const painted = map.slice();
    painted[17] = (map[17]! + 1) % kinds.length;
    const after = terrainOf(painted, key(9)).colours;
    const changed = [...after.keys()].filter((i) => after[i] !== terrain.colours[i]);
    expect(new Set(changed.map((i) => Math.floor(i / 3)))).toEqual(new Set([17]));
  });

  test('what a model believes is told in the true unit: a factor that all costs share does not count', () => {
    const costs = kinds.map(({ cost }) => cost);
    for (const factor of [1, 0.03, 50]) {
      const found = believed(
        map,
        truth.map((cost) => factor * cost),
      );
      found.forEach((cost, kind) => {
        expect(cost).toBeCloseTo(costs[kind]!, 4);
      });
    }
  });

  test('a belief is the mean over the cells of a kind, times the factor of least squares', () => {
    const cells = Uint8Array.of(0, 0, 1, 2, 3);
    // Means 2, 2, 2 and 2: the best single number for costs of 1, 2.5, 5 and 9 is their mean.
    for (const cost of believed(cells, Float32Array.of(1, 3, 2, 2, 2))) expect(cost).toBeCloseTo(4.375, 6);
    const [meadow, forest] = believed(Uint8Array.of(0, 0, 1), Float32Array.of(1, 3, 4));
    expect(forest! / meadow!).toBeCloseTo(2, 6);
    // (2, 4) times f is nearest to (1, 2.5) for f = (2 + 10) / (4 + 16).
    expect(meadow).toBeCloseTo(1.2, 6);
  });

  test('nothing is believed of a kind that is not on the map, and the others are as they were', () => {
    const found = believed(Uint8Array.of(0, 1, 1), Float32Array.of(3, 7.5, 7.5));
    expect(found.map(Number.isNaN)).toEqual([false, false, true, true]);
    expect(found[0]).toBeCloseTo(1, 6);
    expect(found[1]).toBeCloseTo(2.5, 6);
  });

  test('pairs are of different cells, all over the map', () => {
    const { from, to } = drawPairs(key(2), 500);
    from.forEach((start, i) => {
      expect(start).not.toBe(to[i]);
    });
    expect(Math.max(...from, ...to)).toBe(CELLS - 1);
    expect(Math.min(...from, ...to)).toBe(0);
  });

  test('the true paths have no regret, and paths by the crow flies have some', () => {
    expect(scoreOf(best, best, truth)).toEqual({ regret: 0, right: expect.closeTo(1, 10) });
    const straight = scoreOf(paths(new Float32Array(CELLS).fill(1), pairs), best, truth);
    expect(straight.regret).toBeGreaterThan(0.2);
    expect(straight.right).toBeLessThan(0.7);
  });

  test('a path joins its two cells', () => {
    const z = paths(truth, { from: [0], to: [CELLS - 1] });
    expect(z[0]).toBe(1);
    expect(z[CELLS - 1]).toBe(1);
    expect(z.reduce((sum, one) => sum + one)).toBeGreaterThanOrEqual(SIDE);
  });
});

describe('the learner', () => {
  beforeAll(async () => {
    await useEngine('cpu', { report: () => {} });
  });

  const regretOf = (learner: Learner) => scoreOf(paths(learner.costs(terrain), pairs), best, truth).regret;

  test.each(methods)('by %s, it learns from paths alone which ground is expensive', (method) => {
    const learner = new Learner(method, key(3));
    const before = regretOf(learner);
    for (let step = 0; step < 60; step++) learner.step(terrain);
    expect(regretOf(learner)).toBeLessThan(before / 2.5);
    learner.dispose();
  });

  test('by black-box, costs keep their size, though only ratios of them matter', () => {
    const learner = new Learner('black-box', key(3));
    for (let step = 0; step < 60; step++) learner.step(terrain);
    expect(Math.max(...learner.costs(terrain))).toBeGreaterThan(1.5);
    learner.dispose();
  });

  test('leaves no tensors behind', async () => {
    await expectNoLeak(tf, () => {
      const learner = new Learner('aimle', key(3));
      learner.step(terrain);
      learner.costs(terrain);
      learner.dispose();
    });
  });
});
