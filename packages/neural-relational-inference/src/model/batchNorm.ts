import { type BatchPart, customGradient } from '@aimle/engine';
import * as tf from '@tensorflow/tfjs';
import { columnSums } from './rows.js';

/** PyTorch's defaults: added to the variance, and the weight of a batch in the running statistics. */
const EPSILON = 1e-5;
const MOMENTUM = 0.1;

/** Normalisation of a column x as an affine map: scale x + shift. */
export interface Affine {
  readonly scale: tf.Tensor1D;
  readonly shift: tf.Tensor1D;
}

/** PyTorch's `BatchNorm1d` as an affine map, which the next layer folds into its weights. */
export class BatchNorm {
  /** Weight, bias, and the running statistics, which no gradient reaches. */
  readonly parameters: ReadonlyMap<string, tf.Variable>;
  readonly #weight: tf.Variable<tf.Rank.R1>;
  readonly #bias: tf.Variable<tf.Rank.R1>;
  readonly #mean: tf.Variable<tf.Rank.R1>;
  readonly #variance: tf.Variable<tf.Rank.R1>;

  constructor(name: string, columns: number) {
    const filled = (value: number) => tf.tidy(() => tf.variable(tf.fill<tf.Rank.R1>([columns], value)));
    this.#weight = filled(1);
    this.#bias = filled(0);
    this.#mean = filled(0);
    this.#variance = filled(1);
    this.parameters = new Map([
      [`${name}.weight`, this.#weight],
      [`${name}.bias`, this.#bias],
      [`${name}.running_mean`, this.#mean],
      [`${name}.running_var`, this.#variance],
    ]);
  }

  /** The map for the rows of x [R, H]. */
  affine(
    x: tf.Tensor2D,
    { training, part }: { readonly training: boolean; readonly part?: BatchPart },
  ): Affine {
    const [mean, variance] = training ? this.#ofBatch(x, part) : [this.#mean, this.#variance];
    const scale = this.#weight.div<tf.Tensor1D>(variance.add(EPSILON).sqrt());
    return { scale, shift: this.#bias.sub(mean.mul(scale)) };
  }

  #ofBatch(x: tf.Tensor2D, part: BatchPart | undefined): [tf.Tensor1D, tf.Tensor1D] {
    const columns = x.shape[1];
    const rows = part?.sum([x.shape[0]])[0] ?? x.shape[0];
    if (rows < 2) {
      throw new RangeError(`batch normalisation: a batch must have 2 rows or more to train on, got ${rows}`);
    }
    const both = moments(x, rows, (sums) => overParts(sums, part));
    const mean = both.slice([0, 0], [1, columns]).reshape<tf.Tensor1D>([columns]);
    const variance = both.slice([1, 0], [1, columns]).reshape<tf.Tensor1D>([columns]);
    tf.tidy(() => {
      blend(this.#mean, mean);
      blend(this.#variance, variance.mul(rows / (rows - 1)));
    });
    return [mean, variance];
  }
}

/** Folds a scale of the inputs into the weight. */
export function scaled(weight: tf.Tensor2D, scale: tf.Tensor1D): tf.Tensor2D {
  return tf.mul(weight, scale);
}

/** Returns what a shift t of the inputs adds to the outputs: W t. */
export function shifted(weight: tf.Tensor2D, shift: tf.Tensor1D): tf.Tensor1D {
  return tf.matMul(weight, shift.expandDims<tf.Tensor2D>(1)).reshape([-1]);
}

function blend(running: tf.Variable<tf.Rank.R1>, batch: tf.Tensor1D): void {
  running.assign(running.mul(1 - MOMENTUM).add(batch.mul(MOMENTUM)));
}

/** Adds sums up over the parts of the batch. */
function overParts(sums: tf.Tensor2D, part: BatchPart | undefined): tf.Tensor2D {
  if (part === undefined) return sums;
  return tf.tensor2d(Float32Array.from(part.sum(sums.dataSync())), sums.shape);
}

/** Mean and biased variance of the columns of x over all rows of the batch, some of which may be in other parts: [2, H]. */
function moments(x: tf.Tensor2D, rows: number, total: (sums: tf.Tensor2D) => tf.Tensor2D): tf.Tensor2D {
  return customGradient([x], ([values], save) => {
    const mean = total(columnSums(values as tf.Tensor2D)).div<tf.Tensor2D>(rows);
    const variance = total(columnSums(tf.squaredDifference(values as tf.Tensor2D, mean))).div<tf.Tensor2D>(
      rows,
    );
    save([values!, mean]);
    return {
      value: tf.concat([mean, variance], 0),
      // d mean / dx = 1 / R, d variance / dx = 2 (x - mean) / R: once more an affine map of x.
      backward: (gradient, [x, mean]) => {
        const [ofMean, ofVariance] = tf.split(total(gradient as tf.Tensor2D), 2, 0) as [
          tf.Tensor2D,
          tf.Tensor2D,
        ];
        const slope = ofVariance.mul<tf.Tensor2D>(2 / rows);
        return tf.add(tf.mul(x!, slope), tf.sub(tf.div(ofMean, rows), tf.mul(mean!, slope)));
      },
    };
  }) as tf.Tensor2D;
}
