import { hostCallback, tensorEngine } from '@aimle/engine/operations';
import type * as tf from '@tensorflow/tfjs';
import { EstimatorBase } from './base.js';
import { requireDraw, requireFloats, requireTensor } from './callers.js';
import type { AsyncSamplePass, ForwardOptions, Layer, SampleOptions, SamplePass } from './estimator.js';
import { refuseGradient, refuseTheta, zeroShare } from './finite.js';
import { type Layout, layoutOf } from './layout.js';
import { meanLoss } from './meanLoss.js';
import { meanOverParts, refuseEmptyPart } from './parts.js';
import type { Rule } from './rule.js';

/** Makes a layer from a forward function and its vector-Jacobian product. */
export function layerOf(rule: Rule): Layer {
  return new RuleLayer(rule);
}

class RuleLayer extends EstimatorBase<Rule> implements Layer {
  sample(theta: tf.Tensor, options: SampleOptions): tf.Tensor {
    requireTensor(this.name, 'theta', theta);
    requireDraw(this.name, options);
    const layout = this.#layout(theta.shape, options);
    const { samples } = layout;
    const z = this.rule.onDevice?.(theta, layout, options, (read) =>
      this.report(() => ({ ...read(), samples })),
    );
    if (z) {
      this.report({ solverCalls: 1, samples });
      return z;
    }
    let pass: SamplePass;
    return hostCallback(theta, {
      name: this.name,
      forward: (values) => {
        pass = this.#pass(values, layout, options);
        return { values: pass.z, shape: layout.shape };
      },
      backward: (gradient) => pass.vjp(gradient),
    });
  }

  async sampleAsync(theta: tf.Tensor, options: SampleOptions): Promise<AsyncSamplePass> {
    requireTensor(this.name, 'theta', theta);
    requireDraw(this.name, options);
    const layout = this.#layout(theta.shape, options);
    const { shape } = theta;
    const { z, vjp } = this.#pass(await this.#read(theta), layout, options);
    return {
      z: tensorOf(z.slice(), layout.shape),
      vjp: async (gradient) => {
        if (gradient.shape.join() !== layout.shape.join()) {
          throw new RangeError(
            `${this.name}: the gradient in z must have the shape of z, [${layout.shape}], got [${gradient.shape}]`,
          );
        }
        return tensorOf(vjp(await this.#read(gradient)), shape);
      },
    };
  }

  forward(theta: Float32Array, options: ForwardOptions): SamplePass {
    requireFloats(this.name, 'theta', theta);
    requireDraw(this.name, options);
    const { blocks } = options;
    if (blocks !== undefined && (!Number.isInteger(blocks) || blocks < 1)) {
      throw new RangeError(`${this.name}: blocks must be a positive integer, got ${blocks}`);
    }
    const shape = blocks === undefined ? [this.solver.size] : [blocks, this.solver.size];
    const batch = theta.length / shape.reduce((product, axis) => product * axis, 1);
    if (!Number.isInteger(batch)) {
      throw new RangeError(
        `${this.name}: the length of theta must be a multiple of ${shape.join(' x ')}, the size of ` +
          `${this.solver.name}${blocks === undefined ? '' : ' for each block'}, got ${theta.length}`,
      );
    }
    return this.#pass(theta.slice(), this.#layout([batch, ...shape], options), options);
  }

  expectation(theta: tf.Tensor, loss: (z: tf.Tensor) => tf.Tensor, options: SampleOptions): tf.Tensor {
    requireTensor(this.name, 'theta', theta);
    requireDraw(this.name, options);
    const layout = this.#layout(theta.shape, options);
    return tensorEngine().tidy(() => meanLoss(this.name, this.sample(theta, options), layout, loss));
  }

  #layout(shape: readonly number[], { samples, part }: SampleOptions): Layout {
    const layout = layoutOf(this.name, this.solver, shape, samples, this.rule.marginalSamples, part);
    refuseEmptyPart(this.name, layout);
    return layout;
  }

  #pass(theta: Float32Array, layout: Layout, options: SampleOptions): SamplePass {
    const { samples, size } = layout;
    refuseTheta(this.name, theta, size);
    const { z, solverCalls, vjp } = this.rule.forward(theta, layout, options);
    this.report({ solverCalls, samples });
    return {
      z,
      vjp: (gradient) => {
        refuseGradient(this.name, gradient, z.length, size);
        const { gradient: total, solverCalls: further = 0, ...info } = vjp(gradient);
        const [sparsity] = meanOverParts(layout, [zeroShare(total)]) as [number];
        this.report({ ...info, samples, solverCalls: solverCalls + further, sparsity });
        return total;
      },
    };
  }

  async #read(x: tf.Tensor): Promise<Float32Array> {
    if (x.dtype !== 'float32') {
      throw new TypeError(
        `${this.name}: tensors must be float32, got ${x.dtype}; convert with tf.cast(x, 'float32')`,
      );
    }
    return new Float32Array(await x.data());
  }
}

function tensorOf(values: Float32Array, shape: readonly number[]): tf.Tensor {
  return tensorEngine().makeTensor(values, [...shape], 'float32');
}
