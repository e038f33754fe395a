import { useEngine } from '@aimle/engine';
import { gumbelSoftmax } from '@aimle/estimators';
import { key } from '@aimle/random';
import { categorical } from '@aimle/solvers';
import * as tf from '@tensorflow/tfjs';
import { disc, type Figure, polyline, words } from './figure.js';

const temperatures = [0.1, 0.5, 2];
const draws = 250;
const [side, top] = [160, 44];

/** Relaxed draws of one of three, on the triangle of all mixtures, at three temperatures. */
export async function relaxations(): Promise<Figure> {
  await useEngine('cpu', { report: () => {} });
  const shapes: string[] = [];
  const nearCorners: string[] = [];
  temperatures.forEach((temperature, panel) => {
    const layer = gumbelSoftmax(categorical({ size: 3 }), { temperature });
    const theta = tf.tensor2d([[1, 0.3, 0]]);
    const z = layer.sample(theta, { key: key(9), samples: draws }).dataSync();
    theta.dispose();
    const left = 12 + panel * (side + 28);
    const place = (b: number, c: number): [number, number] => [
      left + side * (b + c / 2),
      top + side * 0.866 * (1 - c),
    ];
    shapes.push(
      words(left + side / 2, 14, `temperature ${temperature}`, 'middle', 'ink'),
      polyline([place(0, 0), place(1, 0), place(0, 1), place(0, 0)], 'muted'),
    );
    let near = 0;
    for (let at = 0; at < z.length; at += 3) {
      const [a, b, c] = [z[at]!, z[at + 1]!, z[at + 2]!];
      if (Math.max(a, b, c) > 0.95) near++;
      shapes.push(disc(...place(b, c), 2.6, 'accent', 0.55));
    }
    nearCorners.push(`${((100 * near) / draws).toFixed(0)} %`);
  });
  return {
    name: 'relaxations',
    label: 'Three triangles with draws of Gumbel-softmax: at the corners, spread, and around the middle.',
    drawn: { width: 560, height: top + side * 0.866 + 16, shapes },
    caption:
      `${draws} draws of Gumbel-softmax, one of three with scores 1, 0.3, 0. A corner is a choice, the middle an even mixture. ` +
      `Within 0.05 of a corner: ${nearCorners.join(', ')}.`,
  };
}
