import type * as tf from '@tensorflow/tfjs';
import { type ConvolutionAttributes, geometry, readTap } from './convolution.js';
import { as, floats, release, run, shim } from './kernel.js';

interface Inputs {
  readonly x: tf.TensorInfo;
  readonly dy: tf.TensorInfo;
}

interface Attributes extends ConvolutionAttributes {
  readonly filterShape: [number, number, number, number];
}

/**
 * Computes the gradient of a convolution in its filter, which wasm lacks: for each tap of the filter, a product on
 * XNNPACK of the transposed input of that tap with the gradient of the output.
 */
export const conv2dBackpropFilter = shim<Inputs, Attributes>(
  'Conv2DBackpropFilter',
  () =>
    ({ inputs: { x, dy }, backend, attrs }) => {
      const g = geometry(x.shape, attrs.filterShape, attrs);
      const { filterHeight, filterWidth, inChannels, outChannels } = g;
      const positions = g.batchSize * g.outHeight * g.outWidth;
      const result = backend.makeOutput(attrs.filterShape, 'float32');
      const seen = backend.makeOutput([positions, inChannels], 'float32');
      const gradient = as(dy, [positions, outChannels]);
      for (let tap = 0; tap < filterHeight * filterWidth; tap++) {
        readTap(
          floats(backend, x),
          floats(backend, seen),
          g,
          Math.floor(tap / filterWidth),
          tap % filterWidth,
        );
        const product = run(
          'BatchMatMul',
          backend,
          { a: seen, b: gradient },
          { transposeA: true, transposeB: false },
        );
        floats(backend, result).set(floats(backend, product), tap * inChannels * outChannels);
        release(backend, product);
      }
      release(backend, seen);
      return result;
    },
);
