import { type AdamState, adam } from '@aimle/engine';
import type { Key } from '@aimle/random';
import type { Session } from '../contracts/session.js';
import type { TaskConfig } from '../settings/index.js';
import { type StepLosses, trainStep } from './trainStep.js';

/** A step of a run: which batch, both counted from 0, and the step's number, counted from 1. */
export interface Order {
  readonly epoch: number;
  readonly index: number;
  readonly step: number;
}

/** Takes the steps of a run, and keeps the state of its optimiser. */
export interface Stepper {
  /** How many threads share a step. */
  readonly workers: number;
  step(order: Order, learningRate: number): Promise<StepLosses>;
  exportState(): AdamState;
  importState(state: AdamState): void;
  dispose(): Promise<void>;
}

/** Takes all steps in this thread. */
export function lonelyStepper<Batch>(
  session: Session<Batch>,
  { learningRate: first, adamEpsilon: epsilon }: TaskConfig,
  stepKey: (step: number) => Key,
): Stepper {
  const optimiser = adam({ learningRate: first, epsilon });
  return {
    workers: 1,
    async step({ epoch, index, step }, learningRate) {
      optimiser.learningRate = learningRate;
      const batch = session.batch(epoch, index);
      try {
        return await trainStep(session.model, batch, stepKey(step), optimiser);
      } finally {
        session.disposeBatch(batch);
      }
    },
    exportState: () => optimiser.exportState(),
    importState: (state) => optimiser.importState(state),
    dispose: async () => optimiser.dispose(),
  };
}
