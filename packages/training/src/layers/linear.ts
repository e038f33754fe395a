import { type DenseActivation, dense } from '@aimle/engine';
import { fillUniform, foldIn, type Key } from '@aimle/random';
import * as tf from '@tensorflow/tfjs';

/** Settings of {@link linear}. */
export interface LinearOptions {
  /** Prefix of the parameters' names, such as `encoder.linear1`. */
  readonly name: string;
  readonly inputs: number;
  readonly outputs: number;
  /** The initial values depend on this key and on `name` only. */
  readonly key: Key;
  /**
   * - `kaiming-uniform`: as in PyTorch's `nn.Linear`: weights and biases uniform in +-1/sqrt(inputs).
   * - `xavier-uniform`: weights uniform in +-gain sqrt(6 / (inputs + outputs)), biases zero (Glorot and Bengio 2010).
   */
  readonly init: 'xavier-uniform' | 'kaiming-uniform';
  /** Factor of the Xavier bound, such as sqrt(2) before a ReLU. Default 1. */
  readonly gain?: number;
}

/** A fully connected layer made by {@link linear}. */
export interface Linear {
  readonly name: string;
  /** Shape `[outputs, inputs]`. */
  readonly weight: tf.Variable<tf.Rank.R2>;
  /** Shape `[outputs]`. */
  readonly bias: tf.Variable<tf.Rank.R1>;
  /** The two under their names, `<name>.weight` and `<name>.bias`. */
  readonly parameters: ReadonlyMap<string, tf.Variable>;
  /** Maps `[..., inputs]` to `[..., outputs]`, with an activation if you name one. */
  apply(x: tf.Tensor, activation?: DenseActivation): tf.Tensor;
  /** Frees the two variables. */
  dispose(): void;
}

/**
 * Makes a fully connected layer, `x W^T + b`, with PyTorch's parameter names and layouts and keyed initial values.
 *
 * Use it to build the networks around a discrete layer, and to load weights that PyTorch saved. **Cost**: one
 * operation per call (`dense` of @aimle/engine), activation included; name it here rather than apply it after.
 *
 * @throws When a size is not a positive integer, or `gain` is given without Xavier initialisation; from
 * `apply`, when the last axis of `x` does not fit.
 * @example
 * ```ts
 * import { useEngine } from '@aimle/engine';
 * import { key } from '@aimle/random';
 * import { linear } from '@aimle/training';
 * import * as tf from '@tensorflow/tfjs';
 *
 * await useEngine('auto');
 * const layer = linear({ name: 'encoder.linear1', inputs: 3, outputs: 2, key: key(0), init: 'xavier-uniform' });
 * layer.apply(tf.ones([5, 4, 3])).shape; // => [5, 4, 2]
 * layer.parameters.get('encoder.linear1.weight')?.shape; // => [2, 3]
 * ```
 */
export function linear({ name, inputs, outputs, key, init, gain }: LinearOptions): Linear {
  checkSize(name, 'inputs', inputs);
  checkSize(name, 'outputs', outputs);
  if (gain !== undefined && init !== 'xavier-uniform') {
    throw new Error(`linear ${name}: gain requires init 'xavier-uniform', got init '${init}'`);
  }
  const xavier = init === 'xavier-uniform';
  const bound = xavier ? (gain ?? 1) * Math.sqrt(6 / (inputs + outputs)) : 1 / Math.sqrt(inputs);
  const weight = uniform<tf.Rank.R2>([outputs, inputs], bound, foldIn(key, `${name}.weight`));
  const bias = xavier
    ? tf.tidy(() => tf.variable(tf.zeros<tf.Rank.R1>([outputs])))
    : uniform<tf.Rank.R1>([outputs], bound, foldIn(key, `${name}.bias`));

  return {
    name,
    weight,
    bias,
    parameters: new Map<string, tf.Variable>([
      [`${name}.weight`, weight],
      [`${name}.bias`, bias],
    ]),
    apply(x, activation) {
      if (x.rank < 2 || x.shape.at(-1) !== inputs) {
        throw new Error(
          `linear ${name}: the input must have shape [..., ${inputs}] and rank 2 or more, got [${x.shape.join(', ')}]`,
        );
      }
      return dense(x, weight, bias, activation);
    },
    dispose() {
      weight.dispose();
      bias.dispose();
    },
  };
}

function uniform<R extends tf.Rank>(shape: tf.ShapeMap[R], bound: number, key: Key): tf.Variable<R> {
  const values = new Float32Array(shape.reduce((size, axis) => size * axis, 1));
  fillUniform(key, values);
  for (let i = 0; i < values.length; i++) values[i] = bound * (2 * values[i]! - 1);
  return tf.tidy(() => tf.variable<R>(tf.tensor<R>(values, shape)));
}

function checkSize(name: string, what: string, size: number): void {
  if (!Number.isSafeInteger(size) || size < 1) {
    throw new Error(`linear ${name}: ${what} must be a positive integer, got ${size}`);
  }
}
