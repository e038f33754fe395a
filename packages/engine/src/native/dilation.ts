import type * as TensorFlowJs from '@tensorflow/tfjs';

type Tfjs = typeof TensorFlowJs;

const kernelNames = ['DepthwiseConv2dNative', 'FusedDepthwiseConv2D'];

/**
 * Adds dilations to tfjs-node's depthwise convolutions, which TensorFlow refuses on some processors. A dilated filter
 * is a larger one with zeros in between. Returns the names of the kernels.
 */
export function addDepthwiseDilation(tf: Tfjs): string[] {
  for (const kernelName of kernelNames) {
    const stock = tf.getKernel(kernelName, 'tensorflow');
    tf.unregisterKernel(kernelName, 'tensorflow');
    tf.registerKernel({
      ...stock,
      kernelFunc: (call) => {
        const [down, across] = dilationsOf(call.attrs!['dilations'] as number | [number, number]);
        if (down === 1 && across === 1) return stock.kernelFunc(call);
        const filter = spread(tf, call.inputs['filter'] as TensorFlowJs.Tensor4D, down, across);
        return stock.kernelFunc({
          ...call,
          inputs: { ...call.inputs, filter },
          attrs: { ...call.attrs, dilations: [1, 1] },
        });
      },
    });
  }
  return kernelNames;
}

function dilationsOf(dilations: number | readonly [number, number]): readonly [number, number] {
  return typeof dilations === 'number' ? [dilations, dilations] : dilations;
}

/** Puts down - 1 rows and across - 1 columns of zeros between those of a filter [height, width, inputs, multiplier]. */
function spread(
  tf: Tfjs,
  filter: TensorFlowJs.Tensor4D,
  down: number,
  across: number,
): TensorFlowJs.Tensor4D {
  const [height, width, inputs, multiplier] = filter.shape;
  return tf.tidy(() =>
    tf
      .pad(tf.reshape(filter, [height, 1, width, 1, inputs * multiplier]), [
        [0, 0],
        [0, down - 1],
        [0, 0],
        [0, across - 1],
        [0, 0],
      ])
      .reshape<TensorFlowJs.Tensor3D>([height * down, width * across, inputs * multiplier])
      .slice([0, 0, 0], [(height - 1) * down + 1, (width - 1) * across + 1, inputs * multiplier])
      .reshape<TensorFlowJs.Tensor4D>([
        (height - 1) * down + 1,
        (width - 1) * across + 1,
        inputs,
        multiplier,
      ]),
  );
}
