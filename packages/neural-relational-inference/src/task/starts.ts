import { adam } from '@aimle/engine';
import { foldIn, type Key } from '@aimle/random';
import { type BeginStep, type Model, type TaskContext, trainStep } from '@aimle/training';
import type { RelationalBatch } from '../motion/batch.js';
import type { RelationalConfig } from './settings.js';

/** If the kinds of messages are exchanged, the loss has fallen clearly less by then. */
export const STEPS_PER_START = 80;
/** Steps that are averaged: losses of single batches differ more than those of starts. */
const JUDGED = 20;

/** What each start is trained with: the same batches and random numbers for all. */
export interface Trial {
  readonly config: RelationalConfig;
  readonly key: Key;
  readonly batch: (step: number) => RelationalBatch;
  readonly context: TaskContext;
  readonly onStep: (done: BeginStep) => void;
}

/**
 * Finds the best of several initialisations, each trained for a few steps. The messages of joined and of other pairs are
 * both learned, and can be learned the wrong way round: the tree then avoids the true edges, which predicts the motion
 * less well, and training stays there. The first steps decide this by chance.
 *
 * @returns The one with the lowest mean loss over its last steps; the others are disposed of.
 * @throws Error that names a start that diverges: training with these settings would, too.
 */
export async function bestStart<Start extends { readonly model: Model<RelationalBatch> }>(
  make: (index: number) => Start,
  trial: Trial,
): Promise<Start> {
  const { starts } = trial.config;
  const { note } = trial.context;
  let best: { readonly start: Start; readonly index: number; readonly loss: number } | null = null;
  note(`Trying ${starts} starts, ${STEPS_PER_START} steps each.`);
  for (let index = 0; index < starts; index++) {
    const start = make(index);
    const loss = await trained(start.model, trial, index).catch((error: unknown) => {
      disposeOf(start.model);
      disposeOf(best?.start.model);
      trial.context.signal?.throwIfAborted();
      throw new Error(`start ${index + 1} of ${starts}: ${(error as Error).message}`, { cause: error });
    });
    note(`Start ${index + 1} of ${starts}: loss ${loss.toFixed(1)}.`);
    const isBest: boolean = best === null || loss < best.loss;
    disposeOf(isBest ? best?.start.model : start.model);
    if (isBest) best = { start, index, loss };
  }
  note(`Start ${best!.index + 1} is the best and continues.`);
  return best!.start;
}

/** Trains a start, and returns its mean loss over the last steps. */
async function trained(
  model: Model<RelationalBatch>,
  { config, key, batch, context, onStep }: Trial,
  index: number,
): Promise<number> {
  const part = `start ${index + 1}/${config.starts}`;
  const optimiser = adam({ learningRate: config.learningRate, epsilon: config.adamEpsilon });
  let sum = 0;
  try {
    for (let step = 0; step < STEPS_PER_START; step++) {
      context.signal?.throwIfAborted();
      const motion = batch(step);
      try {
        const losses = await trainStep(model, motion, foldIn(key, step), optimiser);
        const loss = losses.sum / losses.count;
        if (step >= STEPS_PER_START - JUDGED) sum += loss;
        onStep({ step: index * STEPS_PER_START + step + 1, part, loss });
      } finally {
        motion.dispose();
      }
      // Lets Ctrl-C through.
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
    return sum / JUDGED;
  } finally {
    optimiser.dispose();
  }
}

/** Copies the weights of `from` into `model`, and disposes of `from`. */
export function copyWeights(model: Model<RelationalBatch>, from: Model<RelationalBatch>): void {
  for (const [name, variable] of model.parameters) variable.assign(from.parameters.get(name)!);
  disposeOf(from);
}

function disposeOf(model: Model<RelationalBatch> | undefined): void {
  for (const variable of model?.parameters.values() ?? []) variable.dispose();
}
