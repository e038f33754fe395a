import { key } from '@aimle/random';
import { topK } from '@aimle/solvers';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import {
  aimle,
  clampCosts,
  fenchelYoung,
  fixedLambda,
  imle,
  negativeIdentity,
  noiseScaled,
  paperAdaptive,
  scoreFunction,
  straightThrough,
  structuredHinge,
} from '../src/index.js';

const solver = topK({ size: 3, k: 1 });
const theta = tf.tidy(() => tf.keep(tf.tensor2d([[1, 2, 3]])));
/** A value as a caller without types passes it. */
const any = (value: unknown): never => value as never;

describe('a caller without types is told what is wrong, and what to do', () => {
  it.each<[string, () => unknown, RegExp]>([
    [
      'no key',
      () => aimle(solver).sample(theta, any(undefined)),
      /^aimle: a draw needs a key, .*such as \{ key: key\(step\) \}.*, got no options$/,
    ],
    [
      'options without a key',
      () => aimle(solver).sample(theta, any({ samples: 2 })),
      /a draw needs a key.*, got none$/,
    ],
    [
      'a misspelt option of a draw',
      () => aimle(solver).sample(theta, any({ key: key(0), sample: 2 })),
      /no option sample; did you mean samples\?/,
    ],
    [
      'no key where it is an expectation',
      () => aimle(solver).expectation(theta, (z) => z.sum(-1), any(undefined)),
      /a draw needs a key/,
    ],
    [
      'an array for a tensor',
      () => aimle(solver).sample(any([[1, 2, 3]]), { key: key(0) }),
      /^aimle: theta must be a tensor, such as tf\.tensor2d.*, got an array$/,
    ],
    [
      'an array for a tensor of mode',
      () => straightThrough(solver).mode(any([1, 2, 3])),
      /theta must be a tensor.*got an array/,
    ],
    [
      'a typed array for a tensor',
      () => aimle(solver).sample(any(new Float32Array(3)), { key: key(0) }),
      /got a Float32Array$/,
    ],
    [
      'an array for typed numbers',
      () => aimle(solver).forward(any([1, 2, 3]), { key: key(0) }),
      /theta must be a Float32Array.*got an array$/,
    ],
    [
      'imle without options',
      () => imle(solver, any(undefined)),
      /^imle: options must be an object, such as \{ lambda: \.\.\. \}, got undefined$/,
    ],
    [
      'a misspelt option',
      () => aimle(solver, any({ diference: 'forward' })),
      /^aimle: there is no option diference; did you mean difference\? There are noise,/,
    ],
    [
      'an unknown option',
      () => negativeIdentity(solver, any({ learningRate: 1 })),
      /^negativeIdentity: there is no option learningRate\. There/,
    ],
    [
      'a misspelt option of a policy',
      () => paperAdaptive(any({ alfa: 1 })),
      /^paperAdaptive: there is no option alfa/,
    ],
    [
      'a misspelt option of another policy',
      () => noiseScaled(any({ scaleWithBach: true })),
      /did you mean scaleWithBatch\?/,
    ],
    ['a misspelt option of a loss', () => fenchelYoung(solver, any({ sgima: 1 })), /did you mean sigma\?/],
    [
      'a misspelt option of a solver',
      () => topK(any({ size: 3, K: 1 })),
      /^topK: there is no option K; did you mean k\?/,
    ],
    ['a solver without options', () => topK(any(undefined)), /^topK: options must be an object/],
    [
      'a misspelt option of a wrapper',
      () => clampCosts(solver, any({ min: 0 })),
      /^clampCosts: there is no option min/,
    ],
    [
      'an array for a target',
      () => structuredHinge(solver).apply(theta, any([[0, 0, 1]])),
      /the target must be a tensor.*got an array/,
    ],
    [
      'a misspelt option of a call of a loss',
      () => structuredHinge(solver).apply(theta, tf.tensor2d([[0, 0, 1]]), any({ kee: 1 })),
      /no option kee; did you mean key\?/,
    ],
    [
      'a solver where probabilities are needed',
      () => scoreFunction(any(solver)),
      /needs a structure that knows its probabilities/,
    ],
    ['a lambda that is an object', () => fixedLambda(any({ lambda: 1 })), /lambda/],
    [
      'a target that is no state',
      () => fenchelYoung(solver).apply(theta, tf.tensor2d([[1, 1, 1]]), { key: key(0) }),
      /target must be a state of topK/,
    ],
    [
      'a target of too many ones',
      () => structuredHinge(solver).apply(theta, tf.tensor2d([[1, 1, 1]])),
      /target must be a state of topK/,
    ],
  ])('%s', (_, call, message) => {
    expect(call).toThrow(message);
    expect(call).not.toThrow(/undefined is not|Cannot read|not a function|not iterable/);
  });
});
