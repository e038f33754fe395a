import { hostFunction } from '@aimle/engine';
import type { Context, Solver } from '@aimle/solvers';
import type * as tf from '@tensorflow/tfjs';
import { layoutOf, refuseTheta } from './layout.js';

/** MAP(theta) for every instance, in theta's shape; its gradient is zero, as that of a piecewise constant function. */
export function modeOf(name: string, solver: Solver, theta: tf.Tensor, context?: Context): tf.Tensor {
  const layout = layoutOf(name, solver, theta.shape, 1);
  return hostFunction(theta, {
    forward: (host) => {
      refuseTheta(name, host, layout.size);
      const values = new Float32Array(host.length);
      solver.solve(host, values, layout.instances, context);
      return { values, shape: [...theta.shape] };
    },
    backward: (gradient) => new Float32Array(gradient.length),
  });
}
