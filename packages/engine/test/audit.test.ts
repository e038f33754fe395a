import { currentEngine } from '@aimle/engine';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';

/** What the task models run, forward and in their gradients. */
const kernels = {
  networks: 'BatchMatMul _FusedMatMul Add AddN Relu Elu EluGrad Sigmoid Softplus Tanh Step Softmax Prelu',
  losses:
    'Exp Log Log1p Neg Abs Square SquaredDifference Sqrt Rsqrt RealDiv Multiply Sub Pow Maximum Minimum ClipByValue',
  reductions: 'Sum Mean Max Min ArgMax Cumsum UnsortedSegmentSum',
  shapes:
    'Reshape Transpose Tile Concat Slice StridedSlice Pack Unpack PadV2 ExpandDims Cast Identity ZerosLike OnesLike Fill SplitV Reverse',
  choices:
    'GatherV2 OneHot Greater GreaterEqual Less LessEqual Equal NotEqual LogicalAnd LogicalNot Select TopK Range',
  windows:
    'Conv2D Conv2DBackpropInput Conv2DBackpropFilter DepthwiseConv2dNative DepthwiseConv2dNativeBackpropInput ' +
    'DepthwiseConv2dNativeBackpropFilter MaxPool MaxPoolGrad AvgPool AvgPoolGrad FusedBatchNorm',
};

test.each(Object.entries(kernels))(
  'the engine has every kernel that the task models need for %s',
  (_use, names) => {
    const present = new Set(
      tf.getKernelsForBackend(currentEngine().backend).map(({ kernelName }) => kernelName),
    );
    expect(names.split(' ').filter((name) => !present.has(name))).toEqual([]);
  },
);
