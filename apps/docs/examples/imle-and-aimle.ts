import { useEngine } from '@aimle/engine';
import { aimle, imle, type Layer } from '@aimle/estimators';
import { foldIn, key } from '@aimle/random';
import { topK } from '@aimle/solvers';
import * as tf from '@tensorflow/tfjs';

await useEngine();
const pairs = topK({ size: 10, k: 2 });
const wanted = tf
  .oneHot([3], 10)
  .add(tf.oneHot([7], 10))
  .squeeze([0]);

// The scale of the loss is arbitrary, as it is deep inside a network.
function train(layer: Layer, scale: number): number[] {
  const theta = tf.variable(tf.zeros([1, 10]));
  const found: number[] = [];
  for (let step = 0; step < 40; step++) {
    const { value, grads } = tf.variableGrads(() => {
      const z = layer.sample(theta, { key: foldIn(key(5), step), samples: 4 });
      return z.sub(wanted).square().sum(-1).mean().mul(scale).asScalar();
    });
    const gradient = Object.values(grads)[0]!;
    const length = gradient.norm().dataSync()[0]!;
    // Every estimator takes steps of the same length, so only directions are compared. A gradient of zero moves nothing.
    if (length > 0) theta.assign(theta.sub(gradient.mul(0.5 / length)));
    found.push(value.dataSync()[0]! / scale);
  }
  return found;
}

// IMLE needs a lambda that fits the scale of the loss; AIMLE finds one.
const scale = 0.001;
const curves = {
  'IMLE, lambda 1': train(imle(pairs, { lambda: 1 }), scale),
  'IMLE, lambda 1000': train(imle(pairs, { lambda: 1000 }), scale),
  AIMLE: train(aimle(pairs), scale),
};
curves; // plot

const last = (losses: number[]) => losses.slice(-10).reduce((sum, loss) => sum + loss, 0) / 10;
last(curves.AIMLE) < 0.5; // => true
last(curves['IMLE, lambda 1']) > 2; // => true
