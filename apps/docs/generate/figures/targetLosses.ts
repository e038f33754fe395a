import { useEngine } from '@aimle/engine';
import { fenchelYoung, type StructuredLoss, spoPlus, structuredHinge } from '@aimle/estimators';
import { key } from '@aimle/random';
import { topK } from '@aimle/solvers';
import * as tf from '@tensorflow/tfjs';
import { axis, type Figure, ink } from './figure.js';

const leads = Array.from({ length: 61 }, (_, i) => -3 + i / 10);

/** Losses of the scores of two items, over the lead of the right one. */
export async function targetLosses(): Promise<Figure> {
  await useEngine('cpu', { report: () => {} });
  const choose = topK({ size: 2, k: 1 });
  const theta = tf.tensor2d(leads.map((lead) => [lead, 0]));
  const right = tf.tensor2d(leads.map(() => [1, 0]));
  const line = (loss: StructuredLoss): [number, number][] => {
    const values = loss.apply(theta, right, { key: key(2), samples: 20_000 }).dataSync();
    return leads.map((lead, i) => [lead, values[i]!]);
  };
  const young = line(fenchelYoung(choose));
  const hinge = line(structuredHinge(choose));
  const spo = line(spoPlus(choose));
  tf.dispose([theta, right]);
  const wrong = leads.map((lead): [number, number] => [lead, lead > 0 ? 0 : 1]);
  const logistic = Math.max(...young.map(([lead, value]) => Math.abs(value - Math.log1p(Math.exp(-lead)))));
  return {
    name: 'target-losses',
    label:
      'Four losses of a choice between two items, over the lead of the right one; all except the first are convex.',
    drawn: {
      x: axis('score of the right item minus that of the wrong one', [-3, -2, -1, 0, 1, 2, 3]),
      y: axis('loss', [0, 1, 2, 3, 4, 5, 6, 7]),
      series: [
        { label: 'wrong or right', colour: ink('ink'), line: 'dashed', points: wrong },
        { label: 'Fenchel–Young', colour: ink('c1'), points: young },
        { label: 'structured hinge', colour: ink('c2'), points: hinge },
        { label: 'SPO+, true costs 1 and 0', colour: ink('c3'), points: spo },
      ],
    },
    caption: `One of two. The Fenchel–Young loss from 20,000 draws of Gumbel noise; for this structure it is the logistic loss, from which it differs by at most ${logistic.toFixed(3)} here.`,
  };
}
