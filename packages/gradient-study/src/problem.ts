import { type Loss, linearLoss, networkLoss, quadraticLoss, residualLoss } from './loss/losses.js';
import { randomState } from './numpy/randomState.js';
import type { StudyStructure } from './structure/structures.js';

/** An expected loss, whose gradient in theta is to be estimated. */
export interface Problem {
  readonly structure: StudyStructure;
  readonly theta: Float64Array;
  readonly loss: Loss;
  /** The factor of the noise. */
  readonly temperature: number;
}

/** A way of drawing problems from seeds: the paper's, or one that stresses a rule. */
export interface Variant {
  readonly name: string;
  draw(structure: StudyStructure, seed: number): Problem;
}

/**
 * Draws the paper's problem for a seed: theta = randn(n), b = |randn(n)| of numpy's RandomState(seed), in single
 * precision, with the loss |z - b|^2.
 *
 * @example
 * ```ts
 * import { kSubset, paperProblem } from '@aimle/gradient-study';
 *
 * paperProblem(kSubset(10, 5), 0).theta[0]; // => ~1.764052
 * ```
 * @see arXiv:2209.04862, section 5.1.
 */
export function paperProblem(structure: StudyStructure, seed: number): Problem {
  const { theta, b } = paperNumbers(structure, seed);
  return { structure, theta, loss: quadraticLoss(b), temperature: 1 };
}

function paperNumbers({ size }: StudyStructure, seed: number): { theta: Float64Array; b: Float64Array } {
  const rng = randomState(seed);
  const theta = Float64Array.from(Float32Array.from(rng.normals(size)));
  const b = Float64Array.from(Float32Array.from(rng.normals(size)), Math.abs);
  return { theta, b };
}

const linearised = (b: Float64Array): Loss => linearLoss(b.map((value) => 1 - 2 * value));

/** Makes a variant that changes the paper's problem. `more` continues the seed's stream of normal numbers. */
function variant(
  name: string,
  change: (
    theta: Float64Array,
    b: Float64Array,
    more: (count: number) => Float64Array,
  ) => Partial<Omit<Problem, 'structure'>>,
): Variant {
  return {
    name,
    draw(structure, seed) {
      const { theta, b } = paperNumbers(structure, seed);
      const rng = randomState(seed);
      rng.normals(2 * structure.size);
      return {
        structure,
        theta,
        loss: quadraticLoss(b),
        temperature: 1,
        ...change(theta, b, (count) => rng.normals(count)),
      };
    },
  };
}

/** The number of rows of A, and of hidden units of the network. */
const WIDTH = 8;

/**
 * Lists the variants by name. `base` is the paper's problem. `linear` has the same expectation and a constant
 * gradient. In `residual` and `network` coordinates interact. Each of the others changes one scale.
 *
 * @example
 * ```ts
 * import { variants } from '@aimle/gradient-study';
 *
 * variants['theta x3']?.name; // => 'theta x3'
 * ```
 */
export const variants: Readonly<Record<string, Variant>> = Object.fromEntries(
  [
    variant('base', () => ({})),
    variant('linear', (_theta, b) => ({ loss: linearised(b) })),
    variant('residual', (theta, _b, more) => {
      const scale = 1 / Math.sqrt(WIDTH);
      return {
        loss: residualLoss(
          more(WIDTH * theta.length).map((a) => a * scale),
          more(WIDTH),
        ),
      };
    }),
    variant('network', (theta, _b, more) => ({
      loss: networkLoss(more(WIDTH * theta.length), more(WIDTH), more(WIDTH)),
    })),
    variant('theta x3', (theta) => ({ theta: theta.map((value) => 3 * value) })),
    variant('theta x0.3', (theta) => ({ theta: theta.map((value) => 0.3 * value) })),
    variant('temperature 0.1', () => ({ temperature: 0.1 })),
    variant('loss x100', (_theta, b) => ({ loss: scaled(quadraticLoss(b), 100, b.length) })),
    variant('linear sparse b', (_theta, b) => ({
      loss: linearised(b.map((value, i) => (i % 10 === 0 ? value : 0))),
    })),
    variant('heavy b', (_theta, b, more) => ({ loss: quadraticLoss(heavy(more(b.length))) })),
    variant('linear heavy b', (_theta, b, more) => ({ loss: linearised(heavy(more(b.length))) })),
  ].map((each) => [each.name, each]),
);

const heavy = (normals: Float64Array): Float64Array => normals.map((value) => Math.exp(1.5 * value));

function scaled(loss: Loss, factor: number, size: number): Loss {
  return {
    name: `${factor} ${loss.name}`,
    linear: loss.linear?.map((value) => factor * value) ?? null,
    value: (z, at) => factor * loss.value(z, at),
    gradient(z, at, out) {
      loss.gradient(z, at, out);
      for (let i = at; i < at + size; i++) out[i]! *= factor;
    },
  };
}
