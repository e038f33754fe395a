import { type EngineName, useEngine } from '@aimle/engine';
import { aimle } from '@aimle/estimators';
import { foldIn, key } from '@aimle/random';
import { topK } from '@aimle/solvers';
import * as tf from '@tensorflow/tfjs';

/** What the page reports of one engine. */
export type Outcome = { engine: EngineName; losses: number[] } | { engine: EngineName; error: string };

/** Three steps of a layer that learns which two of eight features make up the answer. */
async function train(engine: EngineName): Promise<Outcome> {
  await useEngine(engine, { wasmPaths: '/wasm/' });
  const features = tf.randomNormal([256, 8], 0, 1, 'float32', 1);
  const answers = features.slice([0, 2], [256, 2]).sum(1);
  const scores = tf.variable(tf.zeros([8]));
  const pick = aimle(topK({ size: 8, k: 2 }));
  const optimiser = tf.train.sgd(1);
  const losses: number[] = [];
  for (let step = 0; step < 3; step += 1) {
    const loss = optimiser.minimize(() => {
      const { z } = pick.apply(scores.broadcastTo([256, 8]), { key: foldIn(key(1), step) });
      return z.squeeze([1]).mul(features).sum(1).sub(answers).square().mean<tf.Scalar>();
    }, true);
    losses.push((await loss?.data())?.[0] ?? Number.NaN);
  }
  return { engine, losses };
}

const outcomes: Outcome[] = [];
for (const engine of ['wasm', 'webgl'] as const) {
  outcomes.push(await train(engine).catch((error: Error): Outcome => ({ engine, error: error.message })));
}
await fetch('/outcomes', { method: 'POST', body: JSON.stringify(outcomes) });
