/**
 * Compares, in one process, the wasm engine with its stock kernels, with ours, and the native engine.
 *   node --conditions=@aimle/source --import tsx packages/engine/bench/run.ts
 * Prints the fastest of several runs in ms, stock against ours.
 */
import { bceWithLogits, inspectEngines, useEngine } from '@aimle/engine';
import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import { autoencoderStep, plainCrossEntropy } from './autoencoder.js';

type Kernels = ReadonlyMap<string, tf.KernelConfig>;
type Case = readonly [name: string, stock: () => unknown, ours?: () => unknown];

const kernels = (): Kernels =>
  new Map(tf.getKernelsForBackend('wasm').map((kernel) => [kernel.kernelName, kernel]));

function exchange(from: Kernels, to: Kernels): void {
  for (const [name, kernel] of from) if (to.get(name) !== kernel) tf.unregisterKernel(name, 'wasm');
  for (const [name, kernel] of to) if (from.get(name) !== kernel) tf.registerKernel(kernel);
}

function fastest(work: () => unknown, budget = 1500): number {
  const once = () => tf.tidy(() => void work());
  once();
  let best = Number.POSITIVE_INFINITY;
  const end = performance.now() + budget;
  for (let i = 0; i < 3 || (i < 50 && performance.now() < end); i++) {
    const start = performance.now();
    once();
    best = Math.min(best, performance.now() - start);
  }
  return best;
}

function read(x: tf.Tensor | tf.Tensor[]): void {
  for (const y of [x].flat()) y.dataSync();
}

function cases(): Case[] {
  const [x, weight, dy] = [
    tf.randomNormal([100, 784]),
    tf.randomNormal([512, 784]),
    tf.randomNormal([100, 512]),
  ];
  const [text, filter] = [tf.randomNormal([40, 350, 50]), tf.randomNormal([3, 50, 100])];
  const [logits, pixels] = [tf.randomNormal([100, 10, 784]), tf.randomUniform([100, 784])];
  const [table, words] = [tf.randomNormal([1000, 50]), tf.randomUniform([40, 350], 0, 999, 'int32')];
  const slopes = (f: (...inputs: tf.Tensor[]) => tf.Tensor, inputs: tf.Tensor[], out?: tf.Tensor) => () =>
    read(tf.grads(f)(inputs, out));
  const linear = (a: tf.Tensor, b: tf.Tensor) => tf.matMul(a, b, false, true);
  const convolve = (a: tf.Tensor, w: tf.Tensor) => tf.conv1d(a as tf.Tensor3D, w as tf.Tensor3D, 1, 'same');
  return [
    ['x W^T, 100x784x512', () => read(linear(x, weight))],
    ['its two gradients', slopes(linear, [x, weight], dy)],
    ['conv1d [40,350,50] * [3,50,100]', () => read(convolve(text, filter))],
    ['with its two gradients', slopes(convolve, [text, filter])],
    ['gather [1000,50], 14000 rows, and gradient', slopes((t) => tf.gather(t, words), [table])],
    ['tile [100,1,784] 10 times', () => read(tf.tile(tf.expandDims(pixels, 1), [1, 10, 1]))],
    ['maximum(x, 0), 784000', () => read(tf.maximum(logits, 0))],
    ['relu, 784000', () => read(tf.relu(logits))],
    [
      'cross-entropy and gradient, 784000',
      slopes((t) => plainCrossEntropy(t, pixels), [logits]),
      slopes((t) => bceWithLogits(t, pixels), [logits]),
    ],
    ['autoencoder step, S = 1', autoencoderStep(1, false), autoencoderStep(1, true)],
    ['autoencoder step, S = 10', autoencoderStep(10, false), autoencoderStep(10, true)],
  ];
}

function attempt(work: () => unknown): number | undefined {
  try {
    return fastest(work);
  } catch {
    return undefined;
  }
}

const show = (ms: number | undefined) => (ms === undefined ? 'fails' : ms.toFixed(1)).padStart(9);
const say = (line: string) => process.stdout.write(`${line}\n`);

const stock = kernels();
await useEngine('wasm');
const ours = kernels();
say(`${''.padEnd(44)}${'stock'.padStart(9)}${'ours'.padStart(9)}   ratio`);
for (const [name, before, after = before] of cases()) {
  exchange(ours, stock);
  const slow = attempt(before);
  exchange(stock, ours);
  const fast = attempt(after);
  const ratio = slow === undefined || fast === undefined ? '' : (slow / fast).toFixed(1).padStart(8);
  say(`${name.padEnd(44)}${show(slow)}${show(fast)}${ratio}`);
}

const [native] = await inspectEngines();
if (native?.usable) {
  await useEngine('native');
  for (const [name, before, after] of cases().slice(-3)) {
    say(`${name.padEnd(44)}${show(attempt(before))}${show(attempt(after!))}`);
  }
}
