import { adam, hostCallback, valueAndGradients } from '@aimle/engine';
import * as tf from '@tensorflow/tfjs';
import type { Case } from './measure.js';
import { normal } from './normal.js';

/** The parts of a training step that engines differ in, at the size of the discrete VAE's first layer. */
export const engineCases: readonly Case[] = [
  {
    name: 'engine/dense',
    async prepare() {
      const input = normal([100, 784], 0);
      const parameters = new Map([
        ['weights', tf.variable(normal([784, 512], 1))],
        ['bias', tf.variable(normal([512], 2))],
      ]);
      return {
        async run() {
          const { value, gradients } = valueAndGradients(parameters, () =>
            tf.relu(tf.matMul(input, parameters.get('weights')!).add(parameters.get('bias')!)).mean(),
          );
          await gradients.get('weights')!.data();
          tf.dispose([value, ...gradients.values()]);
        },
        dispose: () => tf.dispose([input, ...parameters.values()]),
      };
    },
  },
  {
    name: 'engine/adam',
    async prepare() {
      const parameters = new Map([['weights', tf.variable(normal([784, 512], 0))]]);
      const gradients = new Map([['weights', normal([784, 512], 1)]]);
      const optimiser = adam({ learningRate: 1e-3 });
      return {
        async run() {
          optimiser.apply(parameters, gradients);
          await parameters.get('weights')!.data();
        },
        dispose: () => tf.dispose([...parameters.values(), ...gradients.values()]),
      };
    },
  },
  {
    name: 'engine/host-callback',
    async prepare() {
      const input = normal([2000, 200], 0);
      const pass = { forward: (values: Float32Array) => ({ values, shape: input.shape }) };
      return {
        async run() {
          const gradient = tf.grad((x: tf.Tensor) =>
            hostCallback(x, { ...pass, backward: (values) => values }).sum(),
          )(input);
          await gradient.data();
          gradient.dispose();
        },
        dispose: () => input.dispose(),
      };
    },
  },
];
