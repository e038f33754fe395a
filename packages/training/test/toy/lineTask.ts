import type { BatchPart } from '@aimle/engine';
import { fillNormal, foldIn, type Key, key } from '@aimle/random';
import * as tf from '@tensorflow/tfjs';
import {
  type ConfigOf,
  linear,
  loopSettings,
  type Model,
  type Session,
  settingsTable,
  type Task,
} from '../../src/index.js';

const settings = settingsTable({
  name: 'line',
  title: 'Linear regression',
  about: 'Fits the sum of a few numbers.',
  groups: {
    Toy: {
      inputs: { kind: 'integer', min: 1, default: 4, help: 'how many numbers are summed' },
      broken: { kind: 'pair', optional: true, help: 'the step and the instance that a NaN is put into' },
    },
    Training: loopSettings,
  },
  presets: { paper: { seed: 3, epochs: 3, learningRate: 0.05, batchSize: 8 }, quick: {} },
});

export type LineConfig = ConfigOf<typeof settings>;

export const lineConfig = settings.presets.quick;

/** Wide enough that writing a checkpoint takes a while. */
export const wideConfig: LineConfig = { ...lineConfig, inputs: 20_000, epochs: 8 };

const stepsPerEpoch = 5;
const batchSize = lineConfig.batchSize;

/** What a step trains on: inputs [8, inputs], and the answers [8, 1]. */
export interface Points {
  readonly x: tf.Tensor2D;
  readonly y: tf.Tensor2D;
}

/**
 * Linear regression whose loss depends on everything that a resumed run must put back: the step's key (noise on the
 * answers) and an adaptive state (how many steps it has seen).
 */
class LineModel implements Model<Points> {
  readonly layer;
  readonly parameters;
  #seen = 0;

  constructor(config: LineConfig) {
    this.layer = linear({
      name: 'line',
      inputs: config.inputs,
      outputs: 1,
      key: foldIn(key(config.seed), 'weights'),
      init: 'xavier-uniform',
    });
    this.parameters = this.layer.parameters;
  }

  losses({ x, y }: Points, stepKey: Key, part?: BatchPart): tf.Tensor1D {
    const first = part?.first ?? 0;
    const drawn = new Float32Array(first + y.size);
    fillNormal(stepKey, drawn);
    const noise = drawn.slice(first);
    this.#seen += 1;
    return tf
      .squaredDifference(this.layer.apply(x), y.add(tf.tensor2d(noise, [y.size, 1]).div(10)))
      .mul(1 + 1 / this.#seen)
      .sum<tf.Tensor1D>(1);
  }

  observations(): Record<string, number> {
    return { seen: this.#seen, spread: 1 / this.#seen };
  }

  state() {
    return { seen: this.#seen };
  }

  restore(state: unknown): void {
    this.#seen = (state as { seen: number }).seen;
  }
}

/** Points on y = sum of x, drawn under a key. */
function points(config: LineConfig, pointKey: Key, count: number): Points {
  const x = new Float32Array(count * config.inputs);
  fillNormal(pointKey, x);
  return tf.tidy(() => {
    const inputs = tf.tensor2d(x, [count, config.inputs]);
    return { x: inputs, y: inputs.sum<tf.Tensor2D>(1, true) };
  });
}

export function batchOf(config: LineConfig, epoch: number, index: number): Points {
  const batch = points(config, foldIn(foldIn(key(config.seed), epoch), index), batchSize);
  if (config.broken?.[0] !== epoch * stepsPerEpoch + index + 1) return batch;
  const poison = tf.tidy(() =>
    tf.tensor2d(
      Float32Array.from({ length: batchSize }, (_, i) => (i === config.broken?.[1] ? Number.NaN : 0)),
      [batchSize, 1],
    ),
  );
  const y = batch.y.add<tf.Tensor2D>(poison);
  tf.dispose([poison, batch.y]);
  return { x: batch.x, y };
}

function lineSession(config: LineConfig): Session<Points> {
  const model = new LineModel(config);
  return {
    model,
    data: 'Points on a plane, drawn from a normal distribution.',
    stepsPerEpoch,
    batch: (epoch, index) => batchOf(config, epoch, index),
    parts: {
      size: () => batchSize,
      batch(epoch, index, from, to) {
        const { x, y } = batchOf(config, epoch, index);
        const part = { x: x.slice([from, 0], [to - from, -1]), y: y.slice([from, 0], [to - from, -1]) };
        tf.dispose([x, y]);
        return part;
      },
    },
    disposeBatch: (batch) => tf.dispose([batch.x, batch.y]),
    async evaluate(split, evaluationKey) {
      const { x, y } = points(config, foldIn(evaluationKey, split), 32);
      const error = tf.tidy(() => tf.losses.meanSquaredError(y, model.layer.apply(x)));
      const [mse] = await error.data();
      tf.dispose([x, y, error]);
      return { mse: mse! };
    },
    selection: { metric: 'mse', split: 'validation', better: 'lower' },
    figures: async () => [
      {
        name: 'dot',
        title: 'Dot',
        caption: 'A dot.',
        kind: 'images',
        columns: 1,
        width: 1,
        height: 1,
        rows: [],
      },
    ],
    dispose: () => model.layer.dispose(),
  };
}

/** The toy as a task; `changes` replaces parts of its session. */
export function lineTask(
  changes: (config: LineConfig, session: Session<Points>) => Partial<Session<Points>> = () => ({}),
): Task<LineConfig, Points> {
  return {
    ...settings,
    async prepare(config) {
      const session = lineSession(config);
      return { ...session, ...changes(config, session) };
    },
  };
}
