import type { JsonValue } from '@aimle/estimators';
import { foldIn } from '@aimle/random';
import { layerModel, type Model } from '@aimle/training';
import type * as tf from '@tensorflow/tfjs';
import type { EdgeChoice } from '../choice/edgeChoice.js';
import type { LossBaseline } from '../choice/lossBaseline.js';
import type { RelationalNetwork } from '../model/network.js';
import type { PositionScale, RelationalBatch } from '../motion/batch.js';
import { gumbelDivergence, negativeLogLikelihood } from '../objective.js';
import type { RelationalConfig } from './settings.js';
import type { Snapshots } from './snapshots.js';

interface Parts {
  readonly network: RelationalNetwork;
  readonly choice: EdgeChoice;
  /** Only if the method learns one. */
  readonly baseline: LossBaseline | null;
  readonly config: RelationalConfig;
  readonly trainedOn: TrainedOn;
  readonly snapshots: Snapshots;
}

/** Makes the model that `trainTask` trains: network and choice of edges. */
export function relationalModel({
  network,
  choice,
  baseline,
  config,
  trainedOn,
  snapshots,
}: Parts): Model<RelationalBatch> {
  const { dropout, samples, predictionSteps } = config;
  const { frames, vertices } = trainedOn;
  const steps = Math.min(predictionSteps, frames - 1);
  const model = layerModel({
    parameters: new Map([...network.parameters, ...(baseline?.parameters ?? [])]),
    layer: choice.estimator,
    losses(motion: RelationalBatch, stepKey, part) {
      const shared = part && { part };
      const pass = { training: true, dropout, key: foldIn(stepKey, 'dropout'), ...shared };
      const theta = network.encode(motion, pass);
      baseline?.watch(motion);
      const loss = (z: tf.Tensor): tf.Tensor2D =>
        negativeLogLikelihood(network.decode(motion, z as tf.Tensor3D, steps, pass), motion);
      const value = choice.estimator.expectation(theta, loss, {
        key: foldIn(stepKey, 'tree'),
        samples,
        ...shared,
      });
      snapshots.count();
      return value.add(choice.divergence?.(theta) ?? gumbelDivergence(theta, vertices)) as tf.Tensor1D;
    },
  });
  return {
    ...model,
    state: () => ({
      estimator: model.state(),
      trainedOn: { ...trainedOn },
      snapshots: snapshots.state(),
    }),
    restore(state) {
      const { estimator, snapshots: taken } = state as { estimator: JsonValue; snapshots: JsonValue };
      trainedOnIn(state);
      model.restore(estimator);
      snapshots.restore(taken);
    },
  };
}

/** Sizes and scale of the recordings that a model was trained on; kept in every checkpoint. */
export interface TrainedOn extends PositionScale {
  readonly frames: number;
  readonly vertices: number;
  readonly dimensions: number;
}

/** Reads them from a model's saved state; throws if it has none. */
export function trainedOnIn(state: JsonValue): TrainedOn {
  const { trainedOn } = (state ?? {}) as { trainedOn?: Partial<TrainedOn> };
  const names = ['frames', 'vertices', 'dimensions', 'min', 'max'] as const;
  if (!names.every((name) => typeof trainedOn?.[name] === 'number')) {
    throw new RangeError(
      `nri: the saved state must say what the model was trained on, got ${JSON.stringify(trainedOn)}`,
    );
  }
  return trainedOn as TrainedOn;
}
