import { expect, test } from 'vitest';
import { expectNoLeak } from '../src/index.js';

/** Counts as TensorFlow.js does. */
function counter() {
  let alive = 0;
  return {
    tf: { memory: () => ({ numTensors: alive, numDataBuffers: alive }) },
    create() {
      alive += 1;
    },
    dispose() {
      alive -= 1;
    },
  };
}

test('work that disposes of what it creates does not leak', async () => {
  const { tf, create, dispose } = counter();
  await expectNoLeak(tf, () => {
    create();
    dispose();
  });
});

test('what is created once, on the first run, is not a leak', async () => {
  const { tf, create } = counter();
  let first = true;
  await expectNoLeak(tf, async () => {
    if (first) create();
    first = false;
  });
});

test('one tensor left behind by each run is a leak', async () => {
  const { tf, create } = counter();
  await expect(expectNoLeak(tf, create)).rejects.toThrow('tensors and buffers alive after the work');
});
