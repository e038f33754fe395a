import { type Adam, adam, valueAndGradients } from '@aimle/engine';
import { aimle, blackBox, clampCosts, fenchelYoung } from '@aimle/estimators';
import { fillNormal, foldIn, type Key } from '@aimle/random';
import { type Context, gridPath } from '@aimle/solvers';
import * as tf from '@tensorflow/tfjs';
import { CELLS, drawPairs, type Pairs, paths, SIDE, type Terrain, trueCosts } from './terrain.js';

export const methods = ['aimle', 'fenchel-young', 'black-box'] as const;
export type Method = (typeof methods)[number];

/** Pairs of cells whose true paths are shown to the model in one step. */
const BATCH = 16;
const HIDDEN = 16;

/** Minimum cost of a step, since costs must not be negative. */
const MIN_COST = 0.1;

/** How a batch of costs [B, 144] is held against true paths: one number, whose gradient trains the model. */
type Loss = (costs: tf.Tensor, truth: tf.Tensor, context: Context, key: Key) => tf.Tensor;

function lossOf(method: Method): Loss {
  const grid = gridPath({ height: SIDE, width: SIDE, from: 'context', to: 'context' });
  // Noise and gradient steps may push a cost below what the solver takes.
  const solver = clampCosts(grid, { minimum: MIN_COST / 2 });
  if (method === 'fenchel-young') {
    const loss = fenchelYoung(solver);
    return (costs, truth, context, key) => tf.mean(loss.apply(costs, truth, { key, samples: 2, context }));
  }
  const layer = method === 'aimle' ? aimle(solver) : blackBox(solver, { lambda: 20 });
  return (costs, truth, context, key) => {
    // Without noise only ratios of costs matter, so this fixes their scale; otherwise all costs shrink towards the minimum.
    const scaled = method === 'aimle' ? costs : tf.div(costs, tf.mean(costs));
    const z = layer.sample(scaled, { key, context });
    // Cells on one path and not on the other. On zeros and ones the square is the difference.
    return tf.mean(tf.sum(tf.square(tf.sub(z, truth)), -1));
  };
}

/** A small network that maps the colour of each cell to the cost of a step on it; trained on paths alone. */
export class Learner {
  steps = 0;
  readonly #parameters: ReadonlyMap<string, tf.Variable>;
  readonly #optimiser: Adam = adam({ learningRate: 0.03 });
  readonly #loss: Loss;
  readonly #key: Key;

  constructor(method: Method, key: Key) {
    this.#loss = lossOf(method);
    this.#key = key;
    const variable = (values: Float32Array, shape: number[]): tf.Variable =>
      tf.tidy(() => tf.variable(tf.tensor(values, shape)));
    const drawn = (name: string, rows: number, columns: number): tf.Variable => {
      const values = new Float32Array(rows * columns);
      fillNormal(foldIn(key, name), values);
      return variable(
        values.map((value) => value / Math.sqrt(rows)),
        [rows, columns],
      );
    };
    this.#parameters = new Map([
      ['first', drawn('first', 3, HIDDEN)],
      ['firstBias', variable(new Float32Array(HIDDEN), [HIDDEN])],
      ['second', drawn('second', HIDDEN, 1)],
      ['secondBias', variable(Float32Array.of(1), [1])],
    ]);
  }

  /** What the model takes a step on each cell to cost. */
  costs({ colours }: Terrain): Float32Array {
    return tf.tidy(() => (this.#forward(colours).dataSync() as Float32Array).slice());
  }

  /** One step on the true paths between pairs of cells that are drawn for it; its loss. */
  step(terrain: Terrain): number {
    const key = foldIn(this.#key, this.steps++);
    const pairs: Pairs = drawPairs(foldIn(key, 'pairs'), BATCH);
    const truth = paths(trueCosts(terrain.kinds), pairs);
    return tf.tidy(() => {
      const { value, gradients } = valueAndGradients(this.#parameters, () => {
        const costs = tf.tile(tf.expandDims(this.#forward(terrain.colours)), [BATCH, 1]);
        return this.#loss(costs, tf.tensor2d(truth, [BATCH, CELLS]), { ...pairs }, foldIn(key, 'noise'));
      });
      this.#optimiser.apply(this.#parameters, gradients);
      return value.dataSync()[0]!;
    });
  }

  dispose(): void {
    for (const parameter of this.#parameters.values()) parameter.dispose();
  }

  #forward(colours: Float32Array): tf.Tensor {
    const of = (name: string): tf.Variable => this.#parameters.get(name)!;
    const centred = tf.sub(tf.tensor2d(colours, [CELLS, 3]), 0.5);
    const hidden = tf.tanh(tf.add(tf.matMul(centred.mul(3), of('first')), of('firstBias')));
    const out = tf.add(tf.matMul(hidden, of('second')), of('secondBias'));
    return tf.add(tf.softplus(tf.reshape(out, [CELLS])), MIN_COST);
  }
}
