import * as tf from '@tensorflow/tfjs';
import { explicit } from '../operations/explicitPadding.js';
import type { ConvolutionAttributes } from './convolution.js';
import { floats, shim } from './kernel.js';

interface Inputs {
  readonly dy: tf.TensorInfo;
  readonly input: tf.TensorInfo;
}

interface Attributes extends ConvolutionAttributes {
  readonly filterSize: number | [number, number];
}

/**
 * Sends the gradient of max pooling to the first largest element of each window. The stock kernel considers only
 * elements above 1e-38: a window without one loses its gradient.
 */
export const maxPoolGrad = shim<Inputs, Attributes>('MaxPoolGrad', () => ({ inputs, backend, attrs }) => {
  const { dy, input } = inputs;
  const g = tf.backend_util.computePool2DInfo(
    input.shape as [number, number, number, number],
    attrs.filterSize,
    attrs.strides,
    1,
    explicit(attrs.pad),
    attrs.dimRoundingMode,
  );
  const result = backend.makeOutput(input.shape, 'float32');
  const sums = floats(backend, result).fill(0);
  const [values, gradient] = [floats(backend, input), floats(backend, dy)];
  let output = 0;
  for (let b = 0; b < g.batchSize; b++) {
    for (let y = 0; y < g.outHeight; y++) {
      const fromY = y * g.strideHeight - g.padInfo.top;
      const [top, bottom] = [Math.max(fromY, 0), Math.min(fromY + g.filterHeight, g.inHeight)];
      for (let x = 0; x < g.outWidth; x++) {
        const fromX = x * g.strideWidth - g.padInfo.left;
        const [left, right] = [Math.max(fromX, 0), Math.min(fromX + g.filterWidth, g.inWidth)];
        for (let c = 0; c < g.inChannels; c++, output++) {
          let best = -1;
          for (let row = top; row < bottom; row++) {
            const line = ((b * g.inHeight + row) * g.inWidth + left) * g.inChannels + c;
            const end = line + (right - left) * g.inChannels;
            for (let i = line; i < end; i += g.inChannels)
              if (best < 0 || values[i]! > values[best]!) best = i;
          }
          if (best >= 0) sums[best] = sums[best]! + gradient[output]!;
        }
      }
    }
  }
  return result;
});
