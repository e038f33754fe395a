import type * as tf from '@tensorflow/tfjs';
import { shim } from './kernel.js';

/** Repeats along axes by copying whole runs of memory. The stock kernel, which broadcastTo uses, copies elements. */
export const tile = shim<{ x: tf.TensorInfo }, { reps: number[] }>(
  'Tile',
  () =>
    ({ inputs: { x }, backend, attrs: { reps } }) => {
      const shape = x.shape.map((size, axis) => size * reps[axis]!);
      const result = backend.makeOutput(shape, x.dtype);
      const from = backend.typedArrayFromHeap(x);
      const to = backend.typedArrayFromHeap(result);
      const lastAxis = Math.max(
        reps.findLastIndex((times) => times !== 1),
        0,
      );
      const run = x.shape.slice(lastAxis).reduce((size, axis) => size * axis, 1);
      let read = 0;

      /** Writes the block under one index of the axes before `axis`. Returns where it ends. */
      const write = (axis: number, start: number): number => {
        let end = start;
        if (axis >= lastAxis) {
          to.set(from.subarray(read, read + run), start);
          read += run;
          end += run;
        } else {
          for (let i = 0; i < x.shape[axis]!; i++) end = write(axis + 1, end);
        }
        const block = end - start;
        for (let i = 1; i < (reps[axis] ?? 1); i++, end += block) to.copyWithin(end, start, start + block);
        return end;
      };

      if (to.length > 0) write(0, 0);
      return result;
    },
);
