import type { Device, DeviceCall, DeviceState } from '@aimle/engine/operations';
import { key } from '@aimle/random';
import { topK } from '@aimle/solvers';
import * as tf from '@tensorflow/tfjs';
import { expect, test, vi } from 'vitest';
import { aimle, paperAdaptive } from '../src/index.js';

/** A device whose layers refuse the first reading of what they learned. */
const gpu = vi.hoisted(() => {
  let refusals = 1;
  return {
    isSoftware: false,
    difference: () => ({
      sample: (theta: tf.Tensor, call: DeviceCall) => {
        call.onGradient();
        return theta.clone();
      },
      readState: (): DeviceState => {
        if (refusals-- > 0) throw new RangeError('theta must not be NaN');
        return { policy: [0.5, 3, 0.25], curvature: [0, 0, 0, 0] };
      },
      writeState: () => {},
      readReport: () => ({ lambda: 1, changedCoordinates: 1, changedShare: 1, sparsity: 0 }),
    }),
  };
});

vi.mock('@aimle/engine/operations', async (original) => ({
  ...(await original<typeof import('@aimle/engine/operations')>()),
  device: (): Device => gpu,
}));

test('a state that is read after a caught error is what the device learned before it', () => {
  const layer = aimle(topK({ size: 4, k: 2 }), { perturbation: paperAdaptive(), curvatureCorrection: false });
  const theta = tf.zeros([1, 4]);
  tf.dispose([layer.sample(theta, { key: key(1) }), theta]);
  expect(() => layer.state).toThrow('theta must not be NaN');
  expect(layer.state).toEqual({ policy: 'paper', state: { alpha: 0.5, changed: 3, move: 0.25 } });
});
