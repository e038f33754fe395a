import { type CurvatureState, curvatureCorrection, noiseScaled } from '@aimle/estimators';
import { foldIn, gumbel, type Key } from '@aimle/random';
import { type Loss, quadraticLoss, residualLoss } from '../loss/losses.js';
import { randomState } from '../numpy/randomState.js';
import type { Problem } from '../problem.js';
import { lambdaGrid } from '../regret/cosines.js';
import { type RegretCell, regretsOf } from '../regret/regret.js';
import { divide, scalesOf } from '../rules/policyRule.js';
import { Differences } from '../sampling/difference.js';
import { type Draws, drawStates, groupOf } from '../sampling/draws.js';
import { cosine } from '../sampling/statistics.js';
import type { StudyStructure } from '../structure/structures.js';
import { perturbAndMapTruth } from '../truth/perturbAndMap.js';

/** What {@link measureMinibatch} measures. */
export interface MinibatchOptions {
  readonly structure: StudyStructure;
  /** B, the number of instances that share the parameters W. */
  readonly batch: number;
  /** S, the number of samples of each instance. */
  readonly samples: number;
  /** Whether every instance has its own b = |U x| (`own`), or all have the same (`shared`). */
  readonly targets: 'own' | 'shared';
  /** |z - b|^2 (default), or |A z - b|^2 with one A for all instances, in which coordinates interact. */
  readonly loss?: 'quadratic' | 'residual';
  /** Inputs of an instance: W has this many parameters for each coordinate of theta. Default 8. */
  readonly inputs?: number;
  /** The number of problems. */
  readonly seeds: number;
  /** The seed of the first problem; default 0. */
  readonly firstSeed?: number;
  /** The number of estimates of each seed's gradient. */
  readonly repetitions: number;
  readonly key: Key;
}

/** How B counts in lambda: the rule is told S B^(exponent / 2) samples. */
const rules = [
  { name: 'S', exponent: 0, corrected: true },
  { name: 'S, one lambda', exponent: 0, corrected: true, pooled: true },
  { name: 'S sqrt(B)', exponent: 1, corrected: true },
  { name: 'S B', exponent: 2, corrected: true },
  { name: 'S, uncorrected', exponent: 0, corrected: false },
  { name: 'S sqrt(B), uncorrected', exponent: 1, corrected: false },
] as const satisfies readonly {
  name: string;
  exponent: number;
  corrected: boolean;
  pooled?: true;
}[];

/** Samples of an instance's gradient where it has no closed form. */
const TRUTH_SAMPLES = 1000;

/** Instances that the curvature is learned from before anything is measured. */
const LEARNT = 200;

/**
 * Measures the regret of the noise-scaled rule on a minibatch that shares its parameters, theta_i = W x_i with normal
 * x_i. The cosine is that of the gradient in W, exact by {@link perturbAndMapGradient}, or for `residual` sampled by
 * {@link conditionalGradient}. The variants of the rule: three counts of samples with the curvature correction, one
 * lambda for the whole batch, and two counts without the correction.
 *
 * @returns one cell for the forward and one for the central difference.
 * @example
 * ```ts
 * import { kSubset, measureMinibatch } from '@aimle/gradient-study';
 * import { key } from '@aimle/random';
 *
 * const [forward] = measureMinibatch({
 *   structure: kSubset(5, 2), batch: 10, samples: 1, targets: 'own', seeds: 2, repetitions: 2, key: key(1),
 * });
 * forward!.rules.map(({ name }) => name); // => ['S', 'S, one lambda', 'S sqrt(B)', 'S B', 'S, uncorrected', 'S sqrt(B), uncorrected']
 * ```
 */
export function measureMinibatch(options: MinibatchOptions): RegretCell[] {
  const {
    structure,
    batch,
    samples,
    targets,
    seeds,
    repetitions,
    key,
    inputs = 8,
    loss = 'quadratic',
    firstSeed = 0,
  } = options;
  const n = structure.size;
  const policy = noiseScaled();
  const noise = gumbel();
  const cells = (['forward', 'central'] as const).map((mode) => ({
    mode,
    samples,
    fixed: Array.from({ length: seeds }, () => new Float64Array(lambdaGrid.length)),
    rules: rules.map(() => new Float64Array(seeds)),
  }));
  const all = new Differences(structure.distribution, batch * samples);
  for (let seed = 0; seed < seeds; seed++) {
    const instances = drawMinibatch(structure, batch, targets, loss, inputs, firstSeed + seed);
    const xs = instances.map(({ x }) => x);
    const truth = gradientInW(
      instances.map(({ problem }, i) =>
        perturbAndMapTruth(problem, foldIn(foldIn(foldIn(key, 'truth'), seed), i), TRUTH_SAMPLES),
      ),
      xs,
      n,
    );
    const draw = (of: Key): Draws =>
      join(
        instances.map(({ problem }, i) => drawStates(problem, noise, foldIn(of, i), samples)),
        n,
      );
    const thetas = instances.map(({ problem }) => problem.theta);
    let state = curvatureCorrection.init();
    for (let pass = 0; pass * batch < LEARNT; pass++) {
      const rows = draw(foldIn(foldIn(key, seed), `learn ${pass}`));
      state = learn(state, rows, thetas, samples, noise.mean);
    }
    for (let repetition = 0; repetition < repetitions; repetition++) {
      const rows = draw(foldIn(foldIn(key, seed), repetition));
      const c = curvatureCorrection.estimate(state);
      const straight = { ...rows, g: rows.g.map((value, at) => value - c * (rows.z[at]! - 0.5)) };
      const score = (estimates: Float32Array): number => {
        const ofInstances = xs.map((_, i) => estimates.subarray(i * samples * n, (i + 1) * samples * n));
        return cosine(gradientInW(ofInstances, xs, n), truth) / repetitions;
      };
      lambdaGrid.forEach((lambda, at) => {
        all.solve(rows, () => lambda);
        for (const { mode, fixed } of cells) fixed[seed]![at]! += score(all[mode]);
      });
      rules.forEach(({ exponent, corrected, ...rest }, rule) => {
        const moved = corrected ? straight : rows;
        const lambdas = thetas.map((theta, i) => {
          const scales = scalesOf(theta, groupOf(moved, i, samples), noise.std);
          return policy.lambda(policy.init(), { ...scales, samples: samples * batch ** (exponent / 2) });
        });
        if ('pooled' in rest) lambdas.fill(pooled(lambdas));
        all.solve(moved, (row) => lambdas[Math.floor(row / samples)]!);
        for (const cell of cells) {
          const found = all[cell.mode].slice();
          lambdas.forEach((lambda, i) => {
            divide(found.subarray(i * samples * n, (i + 1) * samples * n), lambda, cell.mode);
          });
          cell.rules[rule]![seed]! += score(found);
        }
      });
    }
  }
  return cells.map((cell) => ({ truth: 'perturb-and-map' as const, ...regretsOf(cell, rules) }));
}

/** Pools the lambdas of instances by their mean squared spread: each lambda is a constant over its own spread. */
function pooled(lambdas: readonly number[]): number {
  const mean = lambdas.reduce((sum, lambda) => sum + lambda ** -2, 0) / lambdas.length;
  return mean ** (-1 / 2);
}

/** Learns the curvature as a layer would from a batch of these instances. */
function learn(
  state: CurvatureState,
  { z, g, scores }: Draws,
  thetas: readonly Float64Array[],
  samples: number,
  noiseMean: number,
): CurvatureState {
  const size = thetas[0]!.length;
  const epsilon = scores.map((score, at) => score - thetas[Math.floor(at / (samples * size))]![at % size]!);
  const layout = { batch: thetas.length, samples, events: 1, size };
  return curvatureCorrection.learn(state, { layout, z, gradient: g, scale: 1, epsilon, noiseMean });
}

function drawMinibatch(
  structure: StudyStructure,
  batch: number,
  targets: 'own' | 'shared',
  loss: 'quadratic' | 'residual',
  inputs: number,
  seed: number,
): { readonly problem: Problem; readonly x: Float64Array }[] {
  const rng = randomState(1000 + seed);
  const n = structure.size;
  const w = rng.normals(n * inputs);
  const u = rng.normals(n * inputs);
  const shared = rng.normals(n);
  const a = rng.normals(loss === 'residual' ? n * n : 0).map((value) => value / Math.sqrt(n));
  const lossOf = (b: Float64Array): Loss =>
    loss === 'quadratic' ? quadraticLoss(b.map(Math.abs)) : residualLoss(a, b);
  return Array.from({ length: batch }, () => {
    const x = rng.normals(inputs).map((value) => value / Math.sqrt(inputs));
    const b = targets === 'own' ? product(u, x, n) : shared;
    return { x, problem: { structure, theta: product(w, x, n), loss: lossOf(b), temperature: 1 } };
  });
}

function product(matrix: Float64Array, x: Float64Array, rows: number): Float64Array {
  return Float64Array.from({ length: rows }, (_, r) => {
    let sum = 0;
    for (let c = 0; c < x.length; c++) sum += matrix[r * x.length + c]! * x[c]!;
    return sum;
  });
}

/** Sums, over instances and their rows, the outer product with the instance's input. */
function gradientInW(
  rows: readonly ArrayLike<number>[],
  xs: readonly Float64Array[],
  n: number,
): Float64Array {
  const inputs = xs[0]!.length;
  const gradient = new Float64Array(n * inputs);
  rows.forEach((estimates, instance) => {
    const x = xs[instance]!;
    for (let at = 0; at < estimates.length; at++) {
      const value = estimates[at]!;
      if (value === 0) continue;
      for (let c = 0; c < inputs; c++) gradient[(at % n) * inputs + c]! += value * x[c]!;
    }
  });
  return gradient;
}

function join(draws: readonly Draws[], n: number): Draws {
  const rows = draws.reduce((sum, each) => sum + each.rows, 0);
  const joined = {
    rows,
    scores: new Float32Array(rows * n),
    z: new Float32Array(rows * n),
    g: new Float32Array(rows * n),
  };
  let at = 0;
  for (const { scores, z, g } of draws) {
    joined.scores.set(scores, at);
    joined.z.set(z, at);
    joined.g.set(g, at);
    at += scores.length;
  }
  return joined;
}
