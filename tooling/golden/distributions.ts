import { readFileSync } from 'node:fs';
import { spanningTree, topK } from '@aimle/distributions';
import { exactExpectation } from '@aimle/estimators';
import { key } from '@aimle/random';
import * as tf from '@tensorflow/tfjs';
import { type Check, furthest } from './check.js';

interface KSubset {
  kind: 'k_subset';
  n: number;
  k: number;
  theta: number[];
  log_partition: number;
  marginals: number[];
  entropy: number;
  b: number[];
  expected_squared_loss: number;
  gradient_of_expected_squared_loss: number[];
}

interface SpanningTree {
  kind: 'spanning_tree';
  vertices: number;
  theta: number[];
  log_partition: number;
  marginals: number[];
}

/** Double precision on both sides, relative to the larger of 1 and the expected value. Vectors take more steps. */
const TOLERANCE = {
  logPartition: 5e-15,
  entropy: 5e-15,
  loss: 5e-15,
  marginals: 1e-14,
  gradient: 1e-14,
  /** On tensors, in single precision. */
  tensors: 2e-6,
} as const;

export function* checkDistributions(path: string): Iterable<Check> {
  const { cases } = JSON.parse(readFileSync(path, 'utf8')) as { cases: (KSubset | SpanningTree)[] };
  for (const one of cases) yield* one.kind === 'k_subset' ? checkSubset(one) : checkTree(one);
}

/** The loss sum_i (z_i - b_i)^2 is linear in z: its expectation and gradient follow from mu and Cov[z]. */
function* checkSubset({ n, k, b, ...expected }: KSubset): Iterable<Check> {
  const distribution = topK({ size: n, k });
  const theta = Float64Array.from(expected.theta);
  const mu = distribution.marginals(theta);
  const slope = Float64Array.from(b, (x) => 1 - 2 * x);
  const loss = b.reduce((sum, x, i) => sum + x * x + mu[i]! * slope[i]!, 0);
  const check = checker(`${k}-subset of ${n}`);
  yield check(
    'log-partition',
    distribution.logPartition(theta),
    expected.log_partition,
    TOLERANCE.logPartition,
  );
  yield check('marginals', mu, expected.marginals, TOLERANCE.marginals);
  yield check('entropy', distribution.entropy(theta), expected.entropy, TOLERANCE.entropy);
  yield check('expected squared loss', [loss], expected.expected_squared_loss, TOLERANCE.loss);
  const gradient = expected.gradient_of_expected_squared_loss;
  const product = distribution.covarianceProduct(theta, slope);
  yield check('gradient of the expected squared loss', product, gradient, TOLERANCE.gradient);
  const { value, grad } = tf.valueAndGrad((x: tf.Tensor) => {
    const squared = (z: tf.Tensor): tf.Tensor => z.sub(b).square().sum(-1);
    return exactExpectation(distribution).expectation(x, squared, { key: key(0) });
  })(tf.tensor1d(expected.theta));
  const { expected_squared_loss: exact } = expected;
  yield check('expected squared loss by exactExpectation', value.dataSync(), exact, TOLERANCE.tensors);
  yield check('its gradient by exactExpectation', grad.dataSync(), gradient, TOLERANCE.tensors);
}

function* checkTree({ vertices, ...expected }: SpanningTree): Iterable<Check> {
  const check = checker(`spanning trees of ${vertices} vertices`);
  const distribution = spanningTree({ vertices });
  const theta = Float64Array.from(expected.theta);
  yield check(
    'log-partition',
    distribution.logPartition(theta),
    expected.log_partition,
    TOLERANCE.logPartition,
  );
  yield check('marginals', distribution.marginals(theta), expected.marginals, TOLERANCE.marginals);
}

function checker(name: string) {
  return (
    quantity: string,
    actual: ArrayLike<number>,
    expected: number | number[],
    tolerance: number,
  ): Check => ({
    name: `${name}: ${quantity}`,
    error: furthest(actual, typeof expected === 'number' ? [expected] : expected),
    tolerance,
  });
}
