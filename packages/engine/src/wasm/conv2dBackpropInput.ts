import type * as tf from '@tensorflow/tfjs';
import { explicit } from '../operations/explicitPadding.js';
import { type ConvolutionAttributes, geometry } from './convolution.js';
import { release, run, shim } from './kernel.js';

interface Inputs {
  readonly dy: tf.TensorInfo;
  readonly filter: tf.TensorInfo;
}

interface Attributes extends ConvolutionAttributes {
  readonly inputShape: [number, number, number, number];
}

/**
 * Computes the gradient of a convolution in its input. With stride 1 that is the convolution of the output's gradient
 * with the filter rotated by 180 degrees and its channels swapped, which XNNPACK computes; the stock kernel is a
 * plain loop.
 */
export const conv2dBackpropInput = shim<Inputs, Attributes>('Conv2DBackpropInput', (stock) => (call) => {
  const { inputs, backend, attrs } = call;
  const { dy, filter } = inputs;
  const g = geometry(attrs.inputShape, filter.shape, attrs);
  const { top, bottom, left, right } = g.padInfo;
  const pad = [
    [0, 0],
    [g.filterHeight - 1 - top, g.filterHeight - 1 - bottom],
    [g.filterWidth - 1 - left, g.filterWidth - 1 - right],
    [0, 0],
  ];
  if (g.strideHeight !== 1 || g.strideWidth !== 1 || pad.flat().some((size) => size < 0)) {
    return stock({ ...call, attrs: { ...attrs, pad: explicit(attrs.pad) } });
  }
  const turned = run('Reverse', backend, { x: filter }, { dims: [0, 1] });
  const exchanged = run('Transpose', backend, { x: turned }, { perm: [0, 1, 3, 2] });
  const result = run(
    'Conv2D',
    backend,
    { x: dy, filter: exchanged },
    { strides: 1, dilations: 1, pad, dataFormat: 'NHWC' },
  );
  release(backend, turned, exchanged);
  return result;
});
