import * as tf from '@tensorflow/tfjs';
import { batchMatMul } from './batchMatMul.js';
import { clipByValue, maximum, minimum, relu, relu6 } from './clamp.js';
import { concat } from './concat.js';
import { conv2dBackpropFilter } from './conv2dBackpropFilter.js';
import { conv2dBackpropInput } from './conv2dBackpropInput.js';
import { explicitlyPadded } from './convolution.js';
import { biasAddGrad, dense, reluGrad } from './dense.js';
import { depthwiseBackpropFilter, depthwiseBackpropInput } from './depthwise.js';
import { onEmptyTensors } from './empty.js';
import { fusedMatMul } from './fusedMatMul.js';
import { gather } from './gather.js';
import { identity } from './identity.js';
import { maxPoolGrad } from './maxPoolGrad.js';
import { tile } from './tile.js';
import { unsortedSegmentSum } from './unsortedSegmentSum.js';

const shims = [
  batchMatMul,
  fusedMatMul,
  dense,
  biasAddGrad,
  reluGrad,
  conv2dBackpropFilter,
  conv2dBackpropInput,
  depthwiseBackpropFilter,
  depthwiseBackpropInput,
  ...explicitlyPadded,
  maxPoolGrad,
  unsortedSegmentSum,
  gather,
  concat,
  identity,
  tile,
  ...onEmptyTensors,
  clipByValue,
  relu,
  relu6,
  maximum,
  minimum,
];

let installed = false;

/** Puts our kernels into the wasm engine, once. Returns their names. */
export function installShims(): readonly string[] {
  if (!installed) for (const { kernelName, make } of shims) install(kernelName, make);
  installed = true;
  return shims.map(({ kernelName }) => kernelName);
}

/** Registers a kernel instead of wrapping an operation, so that every gradient uses it too. */
function install(kernelName: string, make: (stock: tf.KernelConfig | undefined) => tf.KernelFunc): void {
  const stock = tf.getKernel(kernelName, 'wasm') ?? undefined;
  if (stock !== undefined) tf.unregisterKernel(kernelName, 'wasm');
  tf.registerKernel({ ...stock, kernelName, backendName: 'wasm', kernelFunc: make(stock) });
}
