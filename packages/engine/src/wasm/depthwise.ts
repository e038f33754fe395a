import type * as tf from '@tensorflow/tfjs';
import { type ConvolutionAttributes, geometry } from './convolution.js';
import { floats, shim } from './kernel.js';

/** Calls `visit` for every product of a depthwise convolution: elements of input, filter and output. */
function forEachProduct(
  g: tf.backend_util.Conv2DInfo,
  visit: (input: number, filter: number, output: number) => void,
): void {
  const multiplier = g.outChannels / g.inChannels;
  for (let b = 0; b < g.batchSize; b++) {
    for (let outY = 0; outY < g.outHeight; outY++) {
      for (let outX = 0; outX < g.outWidth; outX++) {
        const output = ((b * g.outHeight + outY) * g.outWidth + outX) * g.outChannels;
        for (let row = 0; row < g.filterHeight; row++) {
          const y = outY * g.strideHeight + row * g.dilationHeight - g.padInfo.top;
          if (y < 0 || y >= g.inHeight) continue;
          for (let column = 0; column < g.filterWidth; column++) {
            const x = outX * g.strideWidth + column * g.dilationWidth - g.padInfo.left;
            if (x < 0 || x >= g.inWidth) continue;
            const input = ((b * g.inHeight + y) * g.inWidth + x) * g.inChannels;
            const filter = (row * g.filterWidth + column) * g.outChannels;
            for (let c = 0; c < g.outChannels; c++) {
              visit(input + Math.floor(c / multiplier), filter + c, output + c);
            }
          }
        }
      }
    }
  }
}

interface FilterAttributes extends ConvolutionAttributes {
  readonly filterShape: [number, number, number, number];
}

interface InputAttributes extends ConvolutionAttributes {
  readonly inputShape: [number, number, number, number];
}

/** Computes the gradient of a depthwise convolution in its filter, which wasm lacks. */
export const depthwiseBackpropFilter = shim<{ x: tf.TensorInfo; dy: tf.TensorInfo }, FilterAttributes>(
  'DepthwiseConv2dNativeBackpropFilter',
  () =>
    ({ inputs: { x, dy }, backend, attrs }) => {
      const result = backend.makeOutput(attrs.filterShape, 'float32');
      const sums = floats(backend, result).fill(0);
      const [values, gradient] = [floats(backend, x), floats(backend, dy)];
      forEachProduct(geometry(x.shape, attrs.filterShape, attrs, true), (input, filter, output) => {
        sums[filter] = sums[filter]! + values[input]! * gradient[output]!;
      });
      return result;
    },
);

/** Computes the gradient of a depthwise convolution in its input, which wasm lacks. */
export const depthwiseBackpropInput = shim<{ dy: tf.TensorInfo; filter: tf.TensorInfo }, InputAttributes>(
  'DepthwiseConv2dNativeBackpropInput',
  () =>
    ({ inputs: { dy, filter }, backend, attrs }) => {
      const result = backend.makeOutput(attrs.inputShape, 'float32');
      const sums = floats(backend, result).fill(0);
      const [weights, gradient] = [floats(backend, filter), floats(backend, dy)];
      forEachProduct(geometry(attrs.inputShape, filter.shape, attrs, true), (input, weight, output) => {
        sums[input] = sums[input]! + weights[weight]! * gradient[output]!;
      });
      return result;
    },
);
