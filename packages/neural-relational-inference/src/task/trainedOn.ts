import type { JsonValue } from '@aimle/estimators';
import type { PositionScale } from '../motion/batch.js';

/** What recordings must be like for a trained model, and how it sees them; kept in every checkpoint. */
export interface TrainedOn extends PositionScale {
  readonly frames: number;
  readonly vertices: number;
  readonly dimensions: number;
}

/** Of a model's saved state; throws where it is not one. */
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
