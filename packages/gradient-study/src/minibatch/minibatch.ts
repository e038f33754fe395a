import { noiseScaled } from '@aimle/estimators';
import { foldIn, gumbel, type Key } from '@aimle/random';
import { quadratic } from '../loss/losses.js';
import { randomState } from '../numpy/randomState.js';
import type { Problem } from '../problem.js';
import { lambdaGrid } from '../regret/cosines.js';
import { type RegretCell, regretsOf } from '../regret/regret.js';
import { divide, scalesOf } from '../rules/policyRule.js';
import { realisedRule } from '../rules/realised.js';
import type { Mode } from '../rules/rule.js';
import { cosine } from '../sampling/cosine.js';
import { Differences, type Perturbed } from '../sampling/difference.js';
import { drawStates } from '../sampling/draws.js';
import type { Structure } from '../structure/structure.js';
import { perturbAndMapGradient } from '../truth/perturbAndMap.js';

/** Inputs of an instance. */
const INPUTS = 8;

/** What {@link measureMinibatch} measures. */
export interface MinibatchOptions {
  readonly structure: Structure;
  /** B: instances that share the parameters W. */
  readonly batch: number;
  /** S: samples of each instance. */
  readonly samples: number;
  /** Whether every instance has its own b = |U x|, or all have one. */
  readonly targets: 'own' | 'shared';
  readonly seeds: number;
  /** Estimates of each seed's gradient. */
  readonly repetitions: number;
  readonly key: Key;
}

/** How many samples the noise-scaled rule takes a minibatch for: B instances are B^exponent times as many. */
const exponents = { S: 0, 'S sqrt(B)': 1, 'S B': 2 } as const;

/**
 * The regret of the noise-scaled rule where a minibatch shares its parameters, theta_i = W x_i with x_i of 8 normal
 * numbers: the cosine is that of the gradient in W, exact by {@link perturbAndMapGradient}. The rule is tried with three
 * counts of samples, and the realised loss with S sqrt(B).
 *
 * @returns a cell each for forward and central.
 * @example
 * ```ts
 * import { kSubset, measureMinibatch } from '@aimle/gradient-study';
 * import { key } from '@aimle/random';
 *
 * const [forward] = measureMinibatch({
 *   structure: kSubset(5, 2), batch: 10, samples: 1, targets: 'own', seeds: 2, repetitions: 2, key: key(1),
 * });
 * forward!.rules.map(({ name }) => name); // => ['S', 'S sqrt(B)', 'S B', 'realised']
 * ```
 */
export function measureMinibatch(options: MinibatchOptions): RegretCell[] {
  const { structure, batch, samples, targets, seeds, repetitions, key } = options;
  const n = structure.size;
  const policy = noiseScaled();
  const noise = gumbel();
  const names = [...Object.keys(exponents), 'realised'];
  const cells = (['forward', 'central'] as const).map((mode) => ({
    mode,
    samples,
    fixed: Array.from({ length: seeds }, () => new Float64Array(lambdaGrid.length)),
    rules: names.map(() => new Float64Array(seeds)),
  }));
  const all = new Differences(structure.solver, batch * samples);
  const one = new Differences(structure.solver, samples);
  for (let seed = 0; seed < seeds; seed++) {
    const instances = drawMinibatch(structure, batch, targets, seed);
    const inputs = instances.map(({ x }) => x);
    const truth = gradientInW(
      instances.map(({ problem }) => perturbAndMapGradient(problem)),
      inputs,
      n,
    );
    for (let repetition = 0; repetition < repetitions; repetition++) {
      const ofRepetition = foldIn(foldIn(key, seed), repetition);
      const draws = instances.map(({ problem }, i) =>
        drawStates(problem, noise, foldIn(ofRepetition, i), samples),
      );
      const joined = join(draws, n);
      const score = (estimates: readonly Float32Array[]): number =>
        cosine(gradientInW(estimates, inputs, n), truth) / repetitions;
      lambdaGrid.forEach((lambda, at) => {
        all.solve(joined, () => lambda);
        for (const { mode, fixed } of cells) {
          const found = all[mode];
          const rows = draws.map((_, i) => found.subarray(i * samples * n, (i + 1) * samples * n));
          fixed[seed]![at]! += score(rows);
        }
      });
      for (const { mode, rules } of cells) {
        Object.values(exponents).forEach((exponent, rule) => {
          const estimates = draws.map((rows, i) => {
            const scales = scalesOf(instances[i]!.problem.theta, rows, noise.std);
            const lambda = policy.lambda(null, { ...scales, batch: batch ** exponent });
            return divide(one.solve(rows, () => lambda)[mode].slice(), lambda, mode);
          });
          rules[rule]![seed]! += score(estimates);
        });
        const realised = draws.map((rows, i) => {
          const { problem } = instances[i]!;
          return realisedRule('realised', batch).begin({ problem, noise, samples, mode })(
            problem.theta,
            rows,
          );
        });
        rules[names.length - 1]![seed]! += score(realised);
      }
    }
  }
  return cells.map((cell: (typeof cells)[number] & { readonly mode: Mode }) =>
    regretsOf(
      cell,
      names.map((name) => ({ name })),
    ),
  );
}

/** Instances of one seed, with what their theta is made from. */
function drawMinibatch(
  structure: Structure,
  batch: number,
  targets: 'own' | 'shared',
  seed: number,
): { readonly problem: Problem; readonly x: Float64Array }[] {
  const rng = randomState(1000 + seed);
  const n = structure.size;
  const w = rng.normals(n * INPUTS);
  const u = rng.normals(n * INPUTS);
  const shared = rng.normals(n);
  return Array.from({ length: batch }, () => {
    const x = rng.normals(INPUTS).map((value) => value / Math.sqrt(INPUTS));
    const b = (targets === 'own' ? product(u, x, n) : shared).map(Math.abs);
    return { x, problem: { structure, theta: product(w, x, n), loss: quadratic(b), temperature: 1 } };
  });
}

function product(matrix: Float64Array, x: Float64Array, rows: number): Float64Array {
  return Float64Array.from({ length: rows }, (_, r) => {
    let sum = 0;
    for (let c = 0; c < x.length; c++) sum += matrix[r * x.length + c]! * x[c]!;
    return sum;
  });
}

/** Sum over instances, and over the rows of each, of the outer product with the instance's input. */
function gradientInW(
  rows: readonly ArrayLike<number>[],
  inputs: readonly Float64Array[],
  n: number,
): Float64Array {
  const gradient = new Float64Array(n * INPUTS);
  rows.forEach((estimates, instance) => {
    const x = inputs[instance]!;
    for (let at = 0; at < estimates.length; at++) {
      const value = estimates[at]!;
      if (value === 0) continue;
      for (let c = 0; c < INPUTS; c++) gradient[(at % n) * INPUTS + c]! += value * x[c]!;
    }
  });
  return gradient;
}

function join(draws: readonly Perturbed[], n: number): Perturbed {
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
