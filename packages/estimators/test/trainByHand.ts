import { fillNormal, foldIn, key } from '@aimle/random';
import { topK } from '@aimle/solvers';
import { aimle } from '../src/index.js';

/** Which two of eight features make up the answer: scores are learned through top-2, the gradient of the loss by hand. */
const [count, size] = [256, 8];
const features = new Float32Array(count * size);
fillNormal(key(0), features);
const pick = aimle(topK({ size, k: 2 }));
const scores = new Float32Array(size);

for (let step = 0; step < 60; step++) {
  const theta = Float32Array.from({ length: count * size }, (_, i) => scores[i % size]!);
  const { z, vjp } = pick.forward(theta, { key: foldIn(key(1), step) });
  const gradient = new Float32Array(z.length);
  for (let row = 0; row < count; row++) {
    const at = row * size;
    let error = -features[at + 2]! - features[at + 3]!;
    for (let j = 0; j < size; j++) error += z[at + j]! * features[at + j]!;
    for (let j = 0; j < size; j++) gradient[at + j] = (2 * error * features[at + j]!) / count;
  }
  const thetaGradient = vjp(gradient);
  for (let i = 0; i < thetaGradient.length; i++) scores[i % size]! -= thetaGradient[i]!;
}

const mode = new Float32Array(size);
pick.solver.solve(scores, mode, 1);
process.stdout.write(JSON.stringify({ mode: [...mode], tensorFlowLoaded: '_tfengine' in globalThis }));
