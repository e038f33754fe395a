import { hostCallback } from '@aimle/engine/operations';
import { type Context, checkOptions, type Solver } from '@aimle/solvers';
import type * as tf from '@tensorflow/tfjs';
import { requireFloats, requireTensor } from '../layer/callers.js';
import { refuseTheta } from '../layer/finite.js';
import { instanceOfRow, type Layout, layoutOf } from '../layer/layout.js';
import { RowContext, repeatRows } from '../layer/rows.js';
import { solvedTheta } from '../layer/solvedTheta.js';
import { requireSolver, signOf } from '../layer/structure.js';
import type { LossPass, StructuredLoss, StructuredLossOptions } from './structuredLoss.js';

/** What a regret compares, row by row. */
export interface Comparison {
  /** The scores (costs) to solve for: rows * n. */
  readonly point: Float32Array;
  /** What the solution is compared with: rows * n. */
  readonly rival: Float32Array;
}

/** Theta and the target for every row, and a way to solve for further scores. */
export interface Rows {
  readonly theta: Float32Array;
  readonly target: Float32Array;
  readonly layout: Layout;
  /** +1 for a maximiser, -1 for a minimiser. */
  readonly sign: 1 | -1;
  solve(scores: Float32Array): Float32Array;
  /** The scores that the solver's wrappers make of the given ones, such as `clampCosts`. */
  solved(scores: Float32Array): Float32Array;
}

/**
 * Computes the mean regret of a rival y: how far it falls short of the best state at a point p that moves with theta:
 *
 *   loss = mean_s sign <p_s, MAP(p_s) - y_s>,   gradient = slope sign mean_s (MAP(p_s) - y_s),   slope = dp/dtheta
 *
 * The gradient is exact, since both states are equally good where the best state changes. As a maximum of linear
 * functions, the loss is convex. Where a wrapper changes p before it is solved, p stands for what it becomes, so that
 * the loss is never negative; the slope is that without the change.
 */
export class Regret implements StructuredLoss {
  readonly name: string;
  readonly #solver: Solver;
  readonly #slope: number;
  readonly #compare: (rows: Rows, options: StructuredLossOptions) => Comparison;
  readonly #context = new RowContext();

  constructor(
    name: string,
    solver: Solver,
    slope: number,
    compare: (rows: Rows, options: StructuredLossOptions) => Comparison,
  ) {
    this.name = name;
    requireSolver(name, solver);
    this.#solver = solver;
    this.#slope = slope;
    this.#compare = compare;
  }

  apply(theta: tf.Tensor, target: tf.Tensor, options: StructuredLossOptions = {}): tf.Tensor {
    requireTensor(this.name, 'theta', theta);
    requireTensor(this.name, 'the target', target);
    const layout = layoutOf(this.name, this.#solver, theta.shape, options.samples, 1, options.part);
    if (target.shape.join() !== theta.shape.join()) {
      throw new RangeError(
        `${this.name}: the target must have theta's shape, [${theta.shape}], got [${target.shape}]`,
      );
    }
    const aim = new Float32Array(target.dataSync());
    let pass: LossPass;
    return hostCallback(theta, {
      name: this.name,
      forward: (host) => {
        pass = this.#pass(host, aim, layout, options);
        return { values: pass.values, shape: theta.shape.slice(0, -1) };
      },
      backward: (outer) => pass.vjp(outer),
    });
  }

  forward(theta: Float32Array, target: Float32Array, options: StructuredLossOptions = {}): LossPass {
    requireFloats(this.name, 'theta', theta);
    requireFloats(this.name, 'the target', target);
    const { size } = this.#solver;
    if (target.length !== theta.length || theta.length % size !== 0) {
      throw new RangeError(
        `${this.name}: theta and target must have the same length, a multiple of ${size}, got ${theta.length} and ` +
          `${target.length}`,
      );
    }
    const layout = layoutOf(
      this.name,
      this.#solver,
      [theta.length / size, size],
      options.samples,
      1,
      options.part,
    );
    return this.#pass(theta, target, layout, options);
  }

  #pass(theta: Float32Array, target: Float32Array, layout: Layout, options: StructuredLossOptions): LossPass {
    checkOptions(this.name, options, { key: true, samples: true, context: true, part: true });
    refuseTheta(this.name, theta, layout.size);
    refuseNaN(this.name, target, layout.size);
    const { values, gradient } = this.#regret(theta, target, layout, options);
    return {
      values,
      vjp: (outer) => gradient.map((slope, at) => slope * outer[Math.floor(at / layout.size)]!),
    };
  }

  #regret(
    theta: Float32Array,
    target: Float32Array,
    layout: Layout,
    options: StructuredLossOptions,
  ): { values: Float32Array; gradient: Float32Array } {
    const { size, rows: count, samples } = layout;
    const sign = signOf(this.#solver);
    const rows: Rows = {
      theta: repeatRows(theta, layout, new Float32Array(count * size)),
      target: repeatRows(target, layout, new Float32Array(count * size)),
      layout,
      sign,
      solve: (scores) => this.#solve(scores, layout, options.context),
      solved: (scores) => solvedTheta(this.#solver, scores),
    };
    const { point: moved, rival } = this.#compare(rows, options);
    const z = rows.solve(moved);
    const point = rows.solved(moved);
    const instance = instanceOfRow(layout);
    const values = new Float64Array(layout.instances);
    const gradient = new Float32Array(layout.instances * size);
    const exact = isExact(this.#solver);
    for (let row = 0; row < count; row++) {
      let [regret, scale] = [0, 0];
      for (let j = 0; j < size; j++) {
        const at = row * size + j;
        const gap = z[at]! - rival[at]!;
        if (gap === 0) continue; // also where the point is infinite: an element that both leave out costs nothing
        if (!Number.isFinite(point[at]!)) this.#refuseMasked(instance[row]!, j, point[at]!);
        regret += sign * point[at]! * gap;
        scale += Math.abs(point[at]! * gap);
        values[instance[row]!]! += (sign * point[at]! * gap) / samples;
        gradient[instance[row]! * size + j]! += (this.#slope * sign * gap) / samples;
      }
      if (exact && regret < -ROUNDING * scale) this.#refuseBetter(instance[row]!, -regret);
    }
    return { values: Float32Array.from(values), gradient };
  }

  #solve(scores: Float32Array, layout: Layout, context?: Context): Float32Array {
    const z = new Float32Array(scores.length);
    this.#solver.solve(scores, z, layout.rows, this.#context.of(this.#solver.name, context, layout));
    return z;
  }

  #refuseBetter(instance: number, by: number): never {
    throw new RangeError(
      `${this.name}: the target must be a state of ${this.#solver.name}, or a mean of states, but in instance ${instance} it ` +
        `is better than the best state by ${by.toPrecision(3)}. Look for a label that breaks the structure, or for its ` +
        'elements in another order.',
    );
  }

  #refuseMasked(instance: number, element: number, score: number): never {
    throw new RangeError(
      `${this.name}: the target must respect the mask, but in instance ${instance} it differs from the best state in ` +
        `element ${element}, whose score is ${score}. Mask only elements that the target does not have.`,
    );
  }
}

/** What single precision may leave of a sum, as a share of its parts. */
const ROUNDING = 1e-4;

/** Whether the best state is found for certain: by a solver of ours that does not search. */
function isExact(solver: Solver): boolean {
  const name = (solver as { readonly description?: { readonly name: string } }).description?.name;
  return name !== undefined && name !== 'travellingSalesman' && name !== 'custom';
}

function refuseNaN(name: string, target: Float32Array, size: number): void {
  const at = target.findIndex(Number.isNaN);
  if (at < 0) return;
  throw new RangeError(
    `${name}: the target must not be NaN, got NaN in row ${Math.floor(at / size)}, element ${at % size}`,
  );
}
