import { bernoulli } from '@aimle/distributions';
import { aimle, fixedLambda, noiseScaled, type PerturbationPolicy, paperAdaptive } from '@aimle/estimators';
import { foldIn, gumbel, key } from '@aimle/random';
import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import {
  type DifferenceMode,
  kSubset,
  paperProblem,
  policyRule,
  type StudyStructure,
  tree,
} from '../src/index.js';
import { drawStates } from '../src/sampling/draws.js';

const PASSES = 5;
const keyOf = (pass: number) => foldIn(key(5), pass);

/** Bits that flip on their own, without the exact gradient of perturb-and-MAP. */
const bits: StudyStructure = { ...kSubset(8, 1), name: '8 bits', distribution: bernoulli({ size: 8 }) };

/** The layer's gradient of E |z - b|^2 at one theta, in the last of some passes. */
function ofLayer(
  seed: number,
  structure: StudyStructure,
  policy: PerturbationPolicy,
  difference: DifferenceMode,
  samples: number,
) {
  const { theta, loss } = paperProblem(structure, seed);
  const b = tf.tensor1d(Array.from(loss.linear!, (c) => (1 - c) / 2));
  const layer = aimle(structure.distribution, { perturbation: policy, difference });
  let gradient: number[] = [];
  for (let pass = 0; pass < PASSES; pass++) {
    const expected = (x: tf.Tensor): tf.Scalar =>
      layer.expectation(x, (z) => z.sub(b).square().sum(-1), { key: keyOf(pass), samples }).sum();
    const at = tf.tensor2d(Float32Array.from(theta), [1, structure.size]);
    gradient = Array.from(tf.grad(expected)(at).dataSync());
  }
  return gradient;
}

/** The study's estimate from the same noise. */
function ofStudy(
  seed: number,
  structure: StudyStructure,
  policy: PerturbationPolicy,
  mode: DifferenceMode,
  samples: number,
) {
  const problem = paperProblem(structure, seed);
  const step = policyRule('the policy', policy).begin({ problem, noise: gumbel(), samples, mode });
  let estimates = new Float32Array(0);
  for (let pass = 0; pass < PASSES; pass++) {
    const draws = drawStates(problem, gumbel(), foldIn(keyOf(pass), 'epsilon'), samples);
    estimates = Float32Array.from(step(problem.theta, draws));
  }
  return Array.from({ length: structure.size }, (_, i) => {
    let sum = 0;
    for (let s = 0; s < samples; s++) sum += estimates[s * structure.size + i]!;
    return sum / samples;
  });
}

for (const structure of [kSubset(10, 5), tree(5), bits]) {
  for (const mode of ['forward', 'central'] as const) {
    for (const samples of [1, 6]) {
      for (const policy of [fixedLambda(0.7), noiseScaled(), paperAdaptive({ initialAlpha: 0.8 })]) {
        it(`agrees with the layer: ${policy.name}, ${mode}, ${structure.name}, S = ${samples}`, () => {
          let length = 0;
          for (let seed = 0; seed < 4; seed++) {
            const layer = ofLayer(seed, structure, policy as PerturbationPolicy, mode, samples);
            const study = ofStudy(seed, structure, policy as PerturbationPolicy, mode, samples);
            length += Math.hypot(...layer);
            layer.forEach((value, i) => {
              expect(value).toBeCloseTo(study[i]!, 5);
            });
          }
          expect(length).toBeGreaterThan(0.4);
        });
      }
    }
  }
}
