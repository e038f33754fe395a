import { aimle, fixed, noiseScaled, type PerturbationPolicy, paperAdaptive } from '@aimle/estimators';
import { foldIn, gumbel, key } from '@aimle/random';
import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { kSubset, type Mode, paperProblem, policyRule, tree } from '../src/index.js';
import { drawStates } from '../src/sampling/draws.js';

const samples = 6;

/** The layer's gradient of E |z - b|^2, at one theta. */
function ofLayer(seed: number, structure = kSubset(10, 5), policy: PerturbationPolicy, difference: Mode) {
  const { theta, loss } = paperProblem(structure, seed);
  const b = tf.tensor1d(Array.from(loss.linear!, (c) => (1 - c) / 2));
  const layer = aimle(structure.solver, { perturbation: policy, difference });
  const expected = (x: tf.Tensor): tf.Scalar =>
    layer.expectation(x, (z) => z.sub(b).square().sum(-1), { key: key(5), samples }).value.sum();
  return Array.from(
    tf
      .grad(expected)(tf.tensor2d(Float32Array.from(theta), [1, structure.size]))
      .dataSync(),
  );
}

/** The study's estimate from the same noise. */
function ofStudy(seed: number, structure = kSubset(10, 5), policy: PerturbationPolicy, mode: Mode) {
  const problem = paperProblem(structure, seed);
  const draws = drawStates(problem, gumbel(), foldIn(key(5), 'epsilon'), samples);
  const step = policyRule('the policy', policy).begin({ problem, noise: gumbel(), samples, mode });
  const estimates = step(problem.theta, draws);
  return Array.from({ length: structure.size }, (_, i) => {
    let sum = 0;
    for (let s = 0; s < samples; s++) sum += estimates[s * structure.size + i]!;
    return sum / samples;
  });
}

for (const structure of [kSubset(10, 5), tree(5)]) {
  for (const mode of ['forward', 'central'] as const) {
    for (const policy of [fixed(0.7), noiseScaled(), paperAdaptive({ initialAlpha: 0.8 })]) {
      it(`agrees with the layer: ${policy.name}, ${mode}, ${structure.name}`, () => {
        for (let seed = 0; seed < 4; seed++) {
          const layer = ofLayer(seed, structure, policy as PerturbationPolicy, mode);
          const study = ofStudy(seed, structure, policy as PerturbationPolicy, mode);
          expect(Math.hypot(...layer)).toBeGreaterThan(0.1);
          layer.forEach((value, i) => {
            expect(value).toBeCloseTo(study[i]!, 5);
          });
        }
      });
    }
  }
}
