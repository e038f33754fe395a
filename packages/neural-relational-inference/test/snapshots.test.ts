import { expect, test } from 'vitest';
import { Snapshots } from '../src/task/snapshots.js';

function afterSteps(...steps: number[]): Snapshots {
  const snapshots = new Snapshots();
  let at = 0;
  for (const step of steps) {
    for (; at < step; at++) snapshots.count();
    snapshots.take([step / 1000]);
  }
  return snapshots;
}

test('few snapshots are kept, the first and the last among them, at growing distances', () => {
  const { taken } = afterSteps(...Array.from({ length: 100 }, (_, i) => 10 * (i + 1)));
  const steps = taken.map(({ step }) => step);
  expect(steps.length).toBe(8);
  expect([steps[0], steps.at(-1)]).toEqual([10, 1000]);
  expect(steps).toEqual([...steps].sort((a, b) => a - b));
  expect(steps[2]!).toBeLessThan(200);
  for (const { step, marginals } of taken) expect(marginals).toEqual([step / 1000]);
});

test('a repeated step replaces its snapshot', () => {
  const snapshots = afterSteps(3);
  snapshots.take([0.25]);
  expect(snapshots.taken).toEqual([{ step: 3, marginals: [0.25] }]);
});

test('snapshots continue from saved state', () => {
  const snapshots = new Snapshots();
  snapshots.restore(JSON.parse(JSON.stringify(afterSteps(3, 7).state())));
  snapshots.count();
  snapshots.take([0.5]);
  expect(snapshots.taken.map(({ step }) => step)).toEqual([3, 7, 8]);
});
