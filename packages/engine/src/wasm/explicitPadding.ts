import { type ConvolutionAttributes, explicit } from './convolution.js';
import { type Shim, shim } from './kernel.js';

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
