import * as tf from '@tensorflow/tfjs';

/** A tensor's shape and its values in row-major order, outside any engine. */
export interface TensorValues {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** Tensor values by parameter name. */
export type Weights = ReadonlyMap<string, TensorValues>;

/** Reads a model's parameters back from the engine. Throws when a value is not finite. */
export async function weightsOf(parameters: ReadonlyMap<string, tf.Variable>): Promise<Weights> {
  const weights = new Map<string, TensorValues>();
  for (const [name, parameter] of parameters) {
    const data = (await parameter.data()) as Float32Array;
    const broken = data.findIndex((value) => !Number.isFinite(value));
    if (broken >= 0) throw new Error(`element ${broken} of the parameter ${name} is ${data[broken]}`);
    weights.set(name, { shape: parameter.shape, data });
  }
  return weights;
}

/**
 * Loads values into a model's parameters, by name. Changes nothing unless everything fits.
 *
 * @param parameters The model's variables.
 * @param weights From {@link readCheckpoint}.
 * @param source Name of the weights in messages: the file's path.
 * @throws An error that lists missing parameters, surplus ones, and different shapes.
 * @example
 * ```ts
 * import { useEngine } from '@aimle/engine';
 * import { loadWeights } from '@aimle/training';
 * import * as tf from '@tensorflow/tfjs';
 *
 * await useEngine('auto');
 * const bias = tf.variable(tf.zeros([2]));
 * const weights = new Map([['bias', { shape: [2], data: new Float32Array([3, 4]) }]]);
 * loadWeights(new Map([['bias', bias]]), weights, 'line.safetensors');
 * bias.dataSync(); // => [3, 4]
 * ```
 */
export function loadWeights(
  parameters: ReadonlyMap<string, tf.Variable>,
  weights: Weights,
  source: string,
): void {
  const problems: string[] = [];
  for (const [name, { shape }] of parameters) {
    const found = weights.get(name);
    if (found === undefined) problems.push(`${name} is missing`);
    else if (String(found.shape) !== String(shape)) {
      problems.push(`${name} must have shape [${shape.join(', ')}], got [${found.shape.join(', ')}]`);
    }
  }
  for (const name of weights.keys()) {
    if (!parameters.has(name)) problems.push(`${name} is surplus: the model has no such parameter`);
  }
  if (problems.length > 0) throw new Error(`${source} does not fit the model: ${problems.join('; ')}`);
  for (const [name, parameter] of parameters) {
    const { data, shape } = weights.get(name)!;
    tf.tidy(() => parameter.assign(tf.tensor(data, [...shape])));
  }
}
