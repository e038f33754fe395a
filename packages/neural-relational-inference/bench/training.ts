import { adam } from '@aimle/engine';
import { foldIn, type Key } from '@aimle/random';
import { type Session, trainStep } from '@aimle/training';
import { neuralRelationalInference, type RelationalBatch, type RelationalConfig } from '../src/index.js';

const { quick } = neuralRelationalInference.presets;

/** Reads NAME=VALUE from the command line: a bench's own settings, and changes of a configuration. */
export function asked<Own extends Readonly<Record<string, string>>>(
  own: Own,
  preset: RelationalConfig = { ...quick, starts: 1, validationCount: 0 },
): { own: Own; config: RelationalConfig } {
  const given = process.argv.slice(2).map((setting) => setting.split('=') as [string, string]);
  const changes = given
    .filter(([name]) => !(name in own))
    .map(([name, value]) => [name, Number.isNaN(Number(value)) ? value : Number(value)]);
  return {
    own: { ...own, ...Object.fromEntries(given.filter(([name]) => name in own)) },
    config: neuralRelationalInference.check({ ...preset, ...Object.fromEntries(changes) }),
  };
}

/** Opens a session that writes no notes and reads no data folder. */
export const open = (config: RelationalConfig): Promise<Session<RelationalBatch>> =>
  neuralRelationalInference.prepare(config, { folder: '', note: () => {} });

/** A step: its loss before the update, and its milliseconds by the clock and of the processors. */
interface Step {
  readonly loss: number;
  readonly ms: number;
  readonly cpuMs: number;
}

/** Trains a session, and reports every step, counted from 1. */
export async function train(
  session: Session<RelationalBatch>,
  { learningRate }: RelationalConfig,
  { steps, key }: { readonly steps: number; readonly key: Key },
  visit: (step: number, measured: Step) => unknown,
): Promise<void> {
  const { model, stepsPerEpoch } = session;
  const optimiser = adam({ learningRate });
  for (let step = 0; step < steps; step++) {
    const motion = session.batch(Math.floor(step / stepsPerEpoch), step % stepsPerEpoch);
    const [began, before] = [performance.now(), process.cpuUsage()];
    const { sum, count } = await trainStep(model, motion, foldIn(key, step), optimiser);
    const { user, system } = process.cpuUsage(before);
    const measured = { loss: sum / count, ms: performance.now() - began, cpuMs: (user + system) / 1e3 };
    session.disposeBatch(motion);
    await visit(step + 1, measured);
  }
}

export function median(values: readonly number[]): number {
  return Math.round([...values].sort((a, b) => a - b)[values.length >> 1]!);
}
