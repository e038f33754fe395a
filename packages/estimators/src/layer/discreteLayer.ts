import { foldIn, type Key, key } from '@aimle/random';
import { checkOptions } from '@aimle/solvers';
import * as tf from '@tensorflow/tfjs';
import { describeLayer, type LayerDescription } from './describe.js';
import type { JsonValue, Layer } from './estimator.js';
import { isLayer } from './estimator.js';

/** Settings of {@link discreteLayer}. */
export interface DiscreteLayerOptions {
  /** The layer that draws states and estimates gradients, such as `aimle(topK({ size: 8, k: 2 }))`. */
  readonly estimator: Layer;
  /**
   * The seed of all draws, together with the number of the training step. Default: the number of discrete layers that the
   * program made before, so that two layers of a model never share their noise.
   */
  readonly seed?: number;
  /** S, the number of states drawn for each instance in training, on axis 1; default one state and no such axis. */
  readonly samples?: number;
  /**
   * What `predict` and `evaluate` use: the most probable state (`mode`, the default), or draws as in training, new ones
   * in every call (`sample`).
   */
  readonly inference?: 'mode' | 'sample';
  /** Name of the layer in the model's summary. */
  readonly name?: string;
}

/** The TensorFlow.js layer that {@link discreteLayer} returns. */
export interface TensorFlowLayer extends tf.layers.Layer {
  readonly estimator: Layer;
}

/**
 * Makes a discrete choice a layer of `tf.sequential` and `tf.model`: scores [B, ..., n] in, states [B, ..., n] out.
 *
 * In training (`fit`, `trainOnBatch`) it samples, with new noise in each step, and passes the estimator's gradient
 * on. In `predict` and `evaluate` it returns the most probable state. It has no weights. `save` stores its
 * configuration, the estimator's adaptive state and the number of steps; {@link loadModel} restores them, with an
 * estimator of its own for each layer, also where two layers shared one.
 *
 * **When to use**: with `fit`. In your own training loop, call `estimator.sample` with your own keys. With `samples:
 * S` the output is [B, S, ..., n] in training and inference, so the next layers always get one shape.
 *
 * @throws RangeError when the estimator does not return states (score functions have only an expected loss), or an
 * option is out of range.
 * @example
 * ```ts
 * import { useEngine } from '@aimle/engine';
 * import { aimle } from '@aimle/estimators';
 * import { discreteLayer } from '@aimle/estimators/layers';
 * import { topK } from '@aimle/solvers';
 * import * as tf from '@tensorflow/tfjs';
 *
 * await useEngine('auto', { report: () => {} });
 * const model = tf.sequential({
 *   layers: [
 *     tf.layers.dense({ units: 8, inputShape: [8] }),
 *     discreteLayer({ estimator: aimle(topK({ size: 8, k: 2 })), seed: 1 }),
 *     tf.layers.dense({ units: 1 }),
 *   ],
 * });
 * model.compile({ optimizer: 'adam', loss: 'meanSquaredError' });
 * const history = await model.fit(tf.ones([32, 8]), tf.ones([32, 1]), { epochs: 2, verbose: 0 });
 * history.epoch; // => [0, 1]
 * ```
 * @see Minervini, Franceschi, Niepert 2023, arXiv:2209.04862, for the default estimator.
 */
export function discreteLayer(options: DiscreteLayerOptions): TensorFlowLayer {
  checkOptions('discreteLayer', options, {
    estimator: true,
    seed: true,
    samples: true,
    inference: true,
    name: true,
  });
  return new DiscreteLayer(options);
}

/** What a saved layer stores in addition to TensorFlow.js's own settings. */
interface Saved {
  readonly layer: LayerDescription;
  readonly state: JsonValue;
  readonly seed: number;
  readonly samples: number | null;
  readonly inference: 'mode' | 'sample';
  readonly steps: number;
}

let restoreLayer: ((description: LayerDescription) => Layer) | null = null;
let loading = 0;
let layersMade = 0;

/**
 * Loads a model with discrete layers. It replaces `tf.loadLayersModel` for such models.
 *
 * @param source - as `tf.loadLayersModel` takes it: an address such as `file://model/model.json`, or an IO handler.
 * @throws RangeError when the model was saved with a structure or an option that this version does not have.
 * @example
 * ```ts
 * import { useEngine } from '@aimle/engine';
 * import { straightThrough } from '@aimle/estimators';
 * import { discreteLayer, loadModel } from '@aimle/estimators/layers';
 * import { topK } from '@aimle/solvers';
 * import * as tf from '@tensorflow/tfjs';
 *
 * await useEngine('auto', { report: () => {} });
 * const layer = discreteLayer({ estimator: straightThrough(topK({ size: 3, k: 1 })) });
 * const input = tf.input({ shape: [3] });
 * const model = tf.model({ inputs: input, outputs: layer.apply(input) as tf.SymbolicTensor });
 * let saved: tf.io.ModelArtifacts = {};
 * await model.save(tf.io.withSaveHandler(async (artifacts) => {
 *   saved = artifacts;
 *   return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' } };
 * }));
 * const loaded = await loadModel(tf.io.fromMemory(saved));
 * Array.from((loaded.predict(tf.tensor2d([[1, 5, 2]])) as tf.Tensor).dataSync()); // => [0, 1, 0]
 * ```
 */
export async function loadModel(source: string | tf.io.IOHandler): Promise<tf.LayersModel> {
  // Loads all estimators and structures, so only when a model is loaded.
  ({ restoreLayer } = await import('./restore.js'));
  loading++;
  try {
    return await tf.loadLayersModel(source);
  } finally {
    // So that tf.loadLayersModel says the same before and after.
    if (--loading === 0) restoreLayer = null;
  }
}

class DiscreteLayer extends tf.layers.Layer implements TensorFlowLayer {
  static className = 'Discrete';
  readonly estimator: Layer;
  readonly #key: Key;
  readonly #settings: Pick<Saved, 'seed' | 'samples' | 'inference'>;
  #steps = 0;
  #inferences = 0;

  constructor({ estimator, seed = layersMade++, samples, inference = 'mode', name }: DiscreteLayerOptions) {
    super(name === undefined ? {} : { name });
    if (typeof estimator !== 'object' || estimator === null || !isLayer(estimator)) {
      const given = (estimator as { name?: string } | undefined)?.name ?? String(estimator);
      throw new RangeError(
        `discreteLayer: estimator must return states, as aimle(topK({ size, k })) does, got ${given}`,
      );
    }
    const { marginalSamples = 1 } = estimator.options as { marginalSamples?: number };
    if (marginalSamples !== 1) {
      throw new RangeError(
        `discreteLayer: the estimator's marginalSamples must be 1, got ${marginalSamples}; draw more samples instead`,
      );
    }
    if (inference !== 'mode' && inference !== 'sample') {
      throw new RangeError(
        `discreteLayer: inference must be mode or sample, got ${JSON.stringify(inference)}`,
      );
    }
    if (samples !== undefined && (!Number.isInteger(samples) || samples < 1)) {
      throw new RangeError(`discreteLayer: samples must be a positive integer, got ${samples}`);
    }
    this.estimator = estimator;
    this.#key = key(seed);
    this.#settings = { seed, samples: samples ?? null, inference };
  }

  override call(inputs: tf.Tensor | tf.Tensor[], kwargs: { training?: boolean }): tf.Tensor {
    const theta = Array.isArray(inputs) ? inputs[0]! : inputs;
    const { samples, inference } = this.#settings;
    if (kwargs.training !== true && inference === 'mode') {
      const mode = this.estimator.mode(theta);
      return samples === null ? mode : repeated(mode, samples);
    }
    const step =
      kwargs.training === true
        ? foldIn(this.#key, this.#steps++)
        : foldIn(foldIn(this.#key, 'inference'), this.#inferences++);
    return this.estimator.sample(theta, { key: step, ...(samples !== null && { samples }) });
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    const several = Array.isArray(inputShape[0]);
    if (several && inputShape.length > 1) {
      throw new RangeError(
        `discreteLayer: takes one input, the scores, got ${inputShape.length}; concatenate or add them first`,
      );
    }
    const [batch = null, ...inner] = (several ? inputShape[0] : inputShape) as tf.Shape;
    const { size, name } = this.estimator.solver;
    if (inner.at(-1) !== size) {
      throw new RangeError(
        `discreteLayer: the last axis of its input must be the size of ${name}, ${size}, got [${[batch, ...inner]}]. ` +
          `Give the layer below ${size} units.`,
      );
    }
    const { samples } = this.#settings;
    return samples === null ? [batch, ...inner] : [batch, samples, ...inner];
  }

  override getConfig(): tf.serialization.ConfigDict {
    const saved: Saved = {
      ...this.#settings,
      layer: describeLayer(this.estimator),
      state: this.estimator.state,
      steps: this.#steps,
    };
    return { ...super.getConfig(), discrete: verbatim(saved) };
  }

  static override fromConfig<T extends tf.serialization.Serializable>(
    cls: tf.serialization.SerializableConstructor<T>,
    { name, discrete }: tf.serialization.ConfigDict,
  ): T {
    if (restoreLayer === null) {
      throw new Error(
        'this model has a discrete layer: load it by loadModel of @aimle/estimators/layers instead of tf.loadLayersModel',
      );
    }
    const { layer, state, seed, samples, inference, steps } = JSON.parse(discrete as string) as Saved;
    const estimator = restoreLayer(layer);
    estimator.state = state;
    const options = { estimator, seed, inference, name, ...(samples !== null && { samples }) };
    const restored = new cls(options as never);
    (restored as unknown as DiscreteLayer).#steps = steps;
    return restored;
  }
}

tf.serialization.registerClass(DiscreteLayer);

/** Repeats the state for every sample: [B, ..., n] becomes [B, S, ..., n]. */
function repeated(z: tf.Tensor, samples: number): tf.Tensor {
  const [batch, ...inner] = z.shape as [number, ...number[]];
  return z.expandDims(1).broadcastTo([batch, samples, ...inner]);
}

/**
 * JSON without capitals and underscores, since TensorFlow.js converts names in a saved model to snake case and back.
 */
function verbatim(value: Saved): string {
  return JSON.stringify(value).replace(/[A-Z_]/g, (letter) => `\\u00${letter.charCodeAt(0).toString(16)}`);
}
