import { type EngineName, useEngine } from '@aimle/engine';
import { aimle } from '@aimle/estimators';
import { foldIn, key } from '@aimle/random';
import { topK } from '@aimle/solvers';
import * as tf from '@tensorflow/tfjs';

/** What the page reports of one attempt. */
export type Outcome = { readonly title: string } & ({ readonly found: string } | { readonly error: string });

/** Three steps of a layer that learns which two of eight features make up the answer. */
export async function train(engine: EngineName): Promise<string> {
  await useEngine(engine, { wasmPaths: '/wasm/' });
  const features = tf.randomNormal([256, 8], 0, 1, 'float32', 1);
  const answers = features.slice([0, 2], [256, 2]).sum(1);
  const scores = tf.variable(tf.zeros([8]));
  const pick = aimle(topK({ size: 8, k: 2 }));
  const optimiser = tf.train.sgd(1);
  const losses: number[] = [];
  for (let step = 0; step < 3; step += 1) {
    const loss = optimiser.minimize(() => {
      const z = pick.sample(scores.broadcastTo([256, 8]), { key: foldIn(key(1), step) });
      return z.mul(features).sum(1).sub(answers).square().mean<tf.Scalar>();
    }, true);
    losses.push((await loss?.data())?.[0] ?? Number.NaN);
  }
  const found = losses.map((loss) => loss.toFixed(4)).join(', ');
  const [first, , last] = losses as [number, number, number];
  if (!(last < first)) throw new Error(`the loss did not go down: ${found}`);
  return found;
}

/** Makes every attempt, one after the other, and posts how they ended. */
export async function report(attempts: Readonly<Record<string, () => Promise<string>>>): Promise<void> {
  const outcomes: Outcome[] = [];
  for (const [title, attempt] of Object.entries(attempts)) {
    try {
      outcomes.push({ title, found: await attempt() });
    } catch (error) {
      outcomes.push({ title, error: (error as Error).message });
    }
  }
  await fetch('/outcomes', { method: 'POST', body: JSON.stringify(outcomes) });
}
