import { topK } from '@aimle/distributions';
import { useEngine } from '@aimle/engine';
import { aimle, describeDiagnosis, diagnose, imle } from '@aimle/estimators';
import { key } from '@aimle/random';
import * as tf from '@tensorflow/tfjs';

await useEngine();

// A layer that does not learn. What is wrong with it?
const pairs = topK({ size: 4, k: 2 });
const theta = tf.tensor2d([[1, 0, 2, -1]]);
const loss = (z: tf.Tensor) => z.mul([1, -2, 3, 0.5]).sum(-1);
const options = { key: key(1), truth: pairs };
const stuck = diagnose(imle(pairs, { lambda: 0.001 }), theta, loss, options);
describeDiagnosis(stuck); // show
stuck.zeroGradients; // => 1

// The same with a lambda that adapts.
const well = diagnose(aimle(pairs), theta, loss, { ...options, samples: 8 });
describeDiagnosis(well); // show
well.zeroGradients < 0.1; // => true
