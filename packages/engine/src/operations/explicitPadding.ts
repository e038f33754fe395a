import * as tf from '@tensorflow/tfjs';

type Pad = 'valid' | 'same' | number | tf.backend_util.ExplicitPadding;

/**
 * Writes padding by a number as padding by direction. TensorFlow.js computes the output's width from the filter's
 * height and the vertical stride if the padding is a number: filters and strides that are not square get a result of
 * the wrong shape, or one that is written out of bounds.
 */
export function explicit(pad: Pad, dataFormat = 'NHWC'): Exclude<Pad, number> {
  if (typeof pad !== 'number') return pad;
  const [around, none]: [number, number][] = [
    [pad, pad],
    [0, 0],
  ];
  return dataFormat === 'NCHW' ? [none!, none!, around!, around!] : [none!, around!, around!, none!];
}

const kernelNames = [
  'Conv2D',
  'FusedConv2D',
  'Conv2DBackpropFilter',
  'Conv2DBackpropInput',
  'DepthwiseConv2dNative',
  'FusedDepthwiseConv2D',
  'DepthwiseConv2dNativeBackpropFilter',
  'DepthwiseConv2dNativeBackpropInput',
  'MaxPool',
  'MaxPoolGrad',
  'AvgPool',
  'AvgPoolGrad',
];

const done = new Set<string>();

/** Gives a backend's kernels their padding by direction, once. Returns the names of the kernels. */
export function addExplicitPadding(backendName: string): readonly string[] {
  const kernels = kernelNames.filter((name) => tf.getKernel(name, backendName) !== undefined);
  if (done.has(backendName)) return kernels;
  done.add(backendName);
  for (const kernelName of kernels) {
    const stock = tf.getKernel(kernelName, backendName);
    tf.unregisterKernel(kernelName, backendName);
    tf.registerKernel({
      ...stock,
      kernelFunc: (call) => {
        const { pad, dataFormat } = call.attrs as unknown as { pad: Pad; dataFormat?: string };
        return stock.kernelFunc({ ...call, attrs: { ...call.attrs, pad: explicit(pad, dataFormat) } });
      },
    });
  }
  return kernels;
}
