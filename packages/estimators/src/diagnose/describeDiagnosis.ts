import type { Diagnosis, TruthComparison } from './diagnosis.js';

/**
 * Describes a {@link Diagnosis} in words, one finding per line: what was measured, then advice where the numbers are
 * clear.
 *
 * @returns text for people. Its wording may change; programs should read the diagnosis.
 * @example
 * ```ts
 * import { useEngine } from '@aimle/engine';
 * import { describeDiagnosis, diagnose, imle } from '@aimle/estimators';
 * import { key } from '@aimle/random';
 * import { topK } from '@aimle/solvers';
 * import * as tf from '@tensorflow/tfjs';
 *
 * await useEngine('auto', { report: () => {} });
 * const layer = imle(topK({ size: 4, k: 2 }), { lambda: 1e-6 });
 * const loss = (z: tf.Tensor) => z.mul([1, -2, 3, 0.5]).sum(-1);
 * const text = describeDiagnosis(diagnose(layer, tf.tensor2d([[1, 0, 2, -1]]), loss, { key: key(1) }));
 * text.split('\n').at(-1)?.startsWith('Advice: lambda is too small'); // => true
 * ```
 */
export function describeDiagnosis(diagnosis: Diagnosis): string {
  return [...findings(diagnosis), ...advice(diagnosis).map((line) => `Advice: ${line}`)].join('\n');
}

function findings(diagnosis: Diagnosis): string[] {
  const { estimator, samples, repeats, instances, solverCalls, sparsity, zeroGradients } = diagnosis;
  const { changedShare, changedCoordinates, lambda, signalToNoise, truth } = diagnosis;
  return [
    `${estimator}: S = ${samples}, ${solverCalls} solver calls a pass; ${counted(instances, 'instance')}, ${repeats} repetitions`,
    `zeros: ${percent(sparsity)} of the gradient's coordinates, all of it for ${percent(zeroGradients)} of instances`,
    ...(changedShare === null || changedCoordinates === null
      ? []
      : [
          `changed: ${percent(changedShare)} of samples, ${number(changedCoordinates)} coordinates of a sample in the mean`,
        ]),
    ...(lambda === null
      ? []
      : [
          lambda.direction === 'steady'
            ? `lambda: ${number(lambda.mean)}, steady`
            : `lambda: ${number(lambda.mean)}, ${lambda.direction}; ${number(lambda.next)} after ${repeats} more passes`,
        ]),
    signalToNoise === null
      ? 'signal to noise: there was no gradient in any repetition'
      : `signal to noise: ${number(signalToNoise)} (squared norm of the mean over the variance of one pass)`,
    ...(truth === null ? [] : againstTruth(truth)),
  ];
}

function againstTruth({ cosine, scale, bias }: TruthComparison): string[] {
  return [
    `cosine with the exact gradient: ${number(cosine.mean)} ± ${number(cosine.error)}`,
    `length along it: ${number(scale.mean)} ± ${number(scale.error)} times its own`,
    `bias: ${number(bias.value)} of its norm (chance alone: ${number(bias.error)})`,
  ];
}

/** Above this share of instances without a gradient, steps are mostly wasted. */
const MOSTLY = 0.5;

/** Standard errors above which a bias is certain. */
const SURE = 4;

function advice(diagnosis: Diagnosis): string[] {
  const { zeroGradients, changedShare, lambda, signalToNoise, truth, samples, repeats } = diagnosis;
  if (zeroGradients > MOSTLY && lambda !== null) {
    const known = 'the same noise gave the same state on both sides';
    return lambda.direction === 'rising'
      ? [
          `lambda is too small still (${known}), and rising; give the policy a larger start or step, or use the default of aimle`,
        ]
      : [`lambda is too small: ${known}. Use the default of aimle, a larger lambda, or more samples`];
  }
  if (changedShare === 0) return [];
  const drowned = signalToNoise !== null && signalToNoise < 1 / repeats;
  if (drowned) {
    return [
      `the mean over ${repeats} repetitions does not stand out from noise; more samples than ${samples} help in proportion`,
    ];
  }
  if (truth !== null && truth.bias.value > MOSTLY && truth.bias.value > SURE * truth.bias.error) {
    const size = lambda === null ? 'another estimator' : 'a smaller lambda';
    return [`the gradient is biased, which more samples cannot remove; ${size} can`];
  }
  return [];
}

const percent = (share: number): string => `${number(100 * share)} %`;

const number = (value: number): string => String(Number(value.toPrecision(3)));

const counted = (count: number, thing: string): string => `${count} ${thing}${count === 1 ? '' : 's'}`;
