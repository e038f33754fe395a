import type * as TensorFlowJs from '@tensorflow/tfjs';
import { denseKernel } from '../operations/dense.js';
import { biasAddGradKernel, type DenseActivation, reluGradKernel } from '../operations/denseGradient.js';

type Tensor = TensorFlowJs.Tensor;

/** What is used of tfjs-node's backend: it runs any operation of TensorFlow. */
interface NodeBackend {
  readonly binding: Readonly<Record<'TF_ATTR_TYPE' | 'TF_ATTR_BOOL' | 'TF_FLOAT', number>>;
  executeSingleOutput(name: string, attributes: readonly object[], inputs: readonly Tensor[]): Tensor;
}

/**
 * With more rows, a product with ones sums columns faster than BiasAddGrad, which splits the work badly: 1.2 against 1.9
 * ms for 20,000 rows of 256; but 0.14 against 0.02 for 100 rows of 512.
 */
const MANY_ROWS = 4096;

/**
 * Adds kernels for dense layers that run TensorFlow's own operations, which know no rank but 2 and no broadcasting.
 * Returns their names.
 */
export function addDense(tf: typeof TensorFlowJs): string[] {
  const add = (kernelName: string, run: (backend: NodeBackend, call: KernelCall) => Tensor) => {
    tf.registerKernel({
      kernelName,
      backendName: 'tensorflow',
      kernelFunc: (call) => run(call.backend as NodeBackend, call as unknown as KernelCall),
    });
    return kernelName;
  };
  return [
    add(denseKernel, (backend, { inputs: { x, weight, bias }, attrs }) => {
      const product = backend.executeSingleOutput('MatMul', productOf(backend), [x!, weight!]);
      const sum = backend.executeSingleOutput('BiasAdd', floatsOf(backend), [product, bias!]);
      product.dispose();
      const activation = operations[attrs!.activation];
      if (activation === undefined) return sum;
      const y = backend.executeSingleOutput(activation, floatsOf(backend), [sum]);
      sum.dispose();
      return y;
    }),
    add(reluGradKernel, (backend, { inputs: { dy, y } }) =>
      backend.executeSingleOutput('ReluGrad', floatsOf(backend), [dy!, y!]),
    ),
    add(biasAddGradKernel, (backend, { inputs: { x } }) => {
      const [rows, columns] = x!.shape as [number, number];
      if (rows <= MANY_ROWS) return backend.executeSingleOutput('BiasAddGrad', floatsOf(backend), [x!]);
      return tf.tidy(() => tf.matMul(tf.ones([1, rows]), x as TensorFlowJs.Tensor2D).reshape([columns]));
    }),
  ];
}

interface KernelCall {
  readonly inputs: Readonly<Record<string, Tensor>>;
  readonly attrs?: { readonly activation: DenseActivation };
}

const operations: Readonly<Record<DenseActivation, string | undefined>> = {
  linear: undefined,
  relu: 'Relu',
  elu: 'Elu',
};

function floatsOf({ binding }: NodeBackend): object[] {
  return [{ name: 'T', type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT }];
}

function productOf(backend: NodeBackend): object[] {
  const { TF_ATTR_BOOL: type } = backend.binding;
  return [
    ...floatsOf(backend),
    { name: 'transpose_a', type, value: false },
    { name: 'transpose_b', type, value: true },
  ];
}
