import type * as TensorFlowJs from '@tensorflow/tfjs';

type Tfjs = typeof TensorFlowJs;
type Kernel = TensorFlowJs.KernelConfig['kernelFunc'];
type KernelCall = Parameters<Kernel>[0];
type Tensor4D = TensorFlowJs.Tensor4D;
type Pads = [[number, number], [number, number], [number, number], [number, number]];

/** How to pad for a kernel: which inputs, with which value, and what to cut off the result. */
interface Padding {
  readonly inputs: readonly string[];
  readonly value?: number;
  /** Returns the shape of the unpadded input, if the result must be cut to it. */
  readonly cutTo?: (call: KernelCall) => number[];
}

const inputShape = ({ attrs }: KernelCall) => attrs?.['inputShape'] as number[];

const paddings: Readonly<Record<string, Padding>> = {
  Conv2D: { inputs: ['x'] },
  FusedConv2D: { inputs: ['x'] },
  Conv2DBackpropFilter: { inputs: ['x'] },
  Conv2DBackpropInput: { inputs: [], cutTo: inputShape },
  DepthwiseConv2dNative: { inputs: ['x'] },
  FusedDepthwiseConv2D: { inputs: ['x'] },
  DepthwiseConv2dNativeBackpropFilter: { inputs: ['x'] },
  DepthwiseConv2dNativeBackpropInput: { inputs: [], cutTo: inputShape },
  MaxPool: { inputs: ['x'], value: Number.NEGATIVE_INFINITY },
  MaxPoolGrad: {
    inputs: ['input'],
    value: Number.NEGATIVE_INFINITY,
    cutTo: ({ inputs }) => (inputs['input'] as TensorFlowJs.TensorInfo).shape,
  },
};

/**
 * Adds padding by numbers to tfjs-node's kernels, which refuse it although every other engine has it. The input is
 * padded first, the kernel runs with 'valid', and a gradient is cut back. The calling operation frees the
 * intermediate tensors. Returns the names of the kernels.
 */
export function addNumericPadding(tf: Tfjs): string[] {
  for (const [kernelName, padding] of Object.entries(paddings)) {
    const { kernelFunc } = tf.getKernel(kernelName, 'tensorflow');
    tf.unregisterKernel(kernelName, 'tensorflow');
    tf.registerKernel({
      kernelName,
      backendName: 'tensorflow',
      kernelFunc: (call) => {
        const pads = padsOf(call.attrs);
        return pads === undefined ? kernelFunc(call) : runPadded(tf, kernelFunc, call, padding, pads);
      },
    });
  }
  return Object.keys(paddings);
}

function runPadded(
  tf: Tfjs,
  kernel: Kernel,
  call: KernelCall,
  { inputs: names, value, cutTo }: Padding,
  pads: Pads,
): TensorFlowJs.TensorInfo {
  const inputs = { ...call.inputs };
  for (const name of names) inputs[name] = tf.pad(inputs[name] as Tensor4D, pads, value);
  const attrs = { ...call.attrs, pad: 'valid' };
  const shape = cutTo?.(call);
  if (shape === undefined) return kernel({ ...call, inputs, attrs }) as Tensor4D;
  const inputShape = shape.map((size, axis) => size + (pads[axis]?.[0] ?? 0) + (pads[axis]?.[1] ?? 0));
  const whole = kernel({ ...call, inputs, attrs: { ...attrs, inputShape } }) as Tensor4D;
  return tf.slice(
    whole,
    pads.map(([before]) => before),
    shape,
  );
}

/** Returns the padding by axis if it is given by numbers, in the layout that tfjs-node's kernels take. */
function padsOf(attrs: KernelCall['attrs']): Pads | undefined {
  const { pad, dataFormat, dimRoundingMode } = attrs as Record<string, unknown>;
  if (dataFormat === 'NCHW' || dimRoundingMode === 'ceil') return undefined;
  if (typeof pad === 'number')
    return [
      [0, 0],
      [pad, pad],
      [pad, pad],
      [0, 0],
    ];
  return Array.isArray(pad) ? (pad as Pads) : undefined;
}
