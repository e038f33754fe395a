import * as tf from '@tensorflow/tfjs';
import { explicit } from '../operations/explicitPadding.js';
import { type Shim, shim } from './kernel.js';

/** The attributes of TensorFlow.js's kernels for convolution gradients. */
export interface ConvolutionAttributes {
  readonly strides: number | [number, number];
  readonly dilations?: number | [number, number];
  readonly pad: 'valid' | 'same' | number | tf.backend_util.ExplicitPadding;
  readonly dataFormat?: 'NHWC' | 'NCHW';
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

/** Computes the sizes of a convolution: input [batch, height, width, channels], filter [height, width, in, out]. */
export function geometry(
  inputShape: readonly number[],
  filterShape: readonly number[],
  attrs: ConvolutionAttributes,
  depthwise = false,
): tf.backend_util.Conv2DInfo {
  const { strides, dilations = 1, pad, dataFormat = 'NHWC', dimRoundingMode } = attrs;
  if (dataFormat !== 'NHWC') {
    throw new RangeError(`conv2d: the data format must be NHWC on wasm, got ${dataFormat}`);
  }
  return tf.backend_util.computeConv2DInfo(
    inputShape as [number, number, number, number],
    filterShape as [number, number, number, number],
    strides,
    dilations,
    explicit(pad),
    dimRoundingMode,
    depthwise,
  );
}

/**
 * Collects the input of one tap (row, column) of the filter: for every output position the channels of the input
 * pixel under the tap, zeros in the padding. `taps` is [batch * outHeight * outWidth, channels] and is overwritten
 * completely.
 */
export function readTap(
  input: Float32Array,
  taps: Float32Array,
  g: tf.backend_util.Conv2DInfo,
  row: number,
  column: number,
): void {
  const { inChannels: channels, inHeight, inWidth, outHeight, outWidth } = g;
  let to = 0;
  for (let b = 0; b < g.batchSize; b++) {
    for (let y = 0; y < outHeight; y++) {
      const inY = y * g.strideHeight + row - g.padInfo.top;
      if (inY < 0 || inY >= inHeight) {
        taps.fill(0, to, to + outWidth * channels);
        to += outWidth * channels;
        continue;
      }
      const line = (b * inHeight + inY) * inWidth;
      for (let x = 0; x < outWidth; x++, to += channels) {
        const inX = x * g.strideWidth + column - g.padInfo.left;
        if (inX < 0 || inX >= inWidth) {
          taps.fill(0, to, to + channels);
          continue;
        }
        const from = (line + inX) * channels;
        for (let c = 0; c < channels; c++) taps[to + c] = input[from + c]!;
      }
    }
  }
}

/** Stock kernels that are correct only if their padding is given by direction. */
export const explicitlyPadded: readonly Shim[] = [
  'Conv2D',
  'FusedConv2D',
  'DepthwiseConv2dNative',
  'FusedDepthwiseConv2D',
  'MaxPool',
  'AvgPool',
  'AvgPoolGrad',
].map((kernelName) =>
  shim<object, ConvolutionAttributes>(kernelName, (stock) => (call) => {
    const { attrs } = call;
    return stock({ ...call, attrs: { ...attrs, pad: explicit(attrs.pad) } });
  }),
);
