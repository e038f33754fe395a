import type { JsonValue } from '@aimle/estimators';
import type { PositionScale } from '../motion/batch.js';

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
