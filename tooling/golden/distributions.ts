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
  const name = `${k}-subset of ${n}`;
  const distribution = topK({ size: n, k });
  const theta = Float64Array.from(expected.theta);
  const mu = distribution.marginals(theta);
  const slope = Float64Array.from(b, (x) => 1 - 2 * x);
  const loss = b.reduce((sum, x, i) => sum + x * x + mu[i]! * slope[i]!, 0);
  const error = (actual: ArrayLike<number>, wanted: number | number[]): number =>
    furthest(actual, typeof wanted === 'number' ? [wanted] : wanted);
  yield {
    name: `${name}: log-partition`,
    error: error(distribution.logPartition(theta), expected.log_partition),
    tolerance: TOLERANCE.logPartition,
  };
  yield { name: `${name}: marginals`, error: error(mu, expected.marginals), tolerance: TOLERANCE.marginals };
  yield {
    name: `${name}: entropy`,
    error: error(distribution.entropy(theta), expected.entropy),
    tolerance: TOLERANCE.entropy,
  };
  yield {
    name: `${name}: expected squared loss`,
    error: error([loss], expected.expected_squared_loss),
    tolerance: TOLERANCE.loss,
  };
  yield {
    name: `${name}: gradient of the expected squared loss`,
    error: error(distribution.covarianceProduct(theta, slope), expected.gradient_of_expected_squared_loss),
    tolerance: TOLERANCE.gradient,
  };
  const { value, grad } = tf.valueAndGrad((x: tf.Tensor) => {
    const squared = (z: tf.Tensor): tf.Tensor => z.sub(b).square().sum(-1);
    return exactExpectation(distribution).expectation(x, squared, { key: key(0) });
  })(tf.tensor1d(expected.theta));
  yield {
    name: `${name}: expected squared loss by exactExpectation`,
    error: error(value.dataSync(), expected.expected_squared_loss),
    tolerance: TOLERANCE.tensors,
  };
  yield {
    name: `${name}: its gradient by exactExpectation`,
    error: error(grad.dataSync(), expected.gradient_of_expected_squared_loss),
    tolerance: TOLERANCE.tensors,
  };
}

function* checkTree({ vertices, ...expected }: SpanningTree): Iterable<Check> {
  const name = `spanning trees of ${vertices} vertices`;
  const distribution = spanningTree({ vertices });
  const theta = Float64Array.from(expected.theta);
  yield {
    name: `${name}: log-partition`,
    error: furthest(distribution.logPartition(theta), [expected.log_partition]),
    tolerance: TOLERANCE.logPartition,
  };
  yield {
    name: `${name}: marginals`,
    error: furthest(distribution.marginals(theta), expected.marginals),
    tolerance: TOLERANCE.marginals,
  };
}
