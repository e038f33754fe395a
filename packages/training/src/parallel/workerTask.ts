import type { ParallelTask, Session } from '../contracts/session.js';
import type { JsonValue } from '../json.js';
import type { TaskConfig } from '../settings/index.js';
import type { TeamMemory } from './teamMemory.js';

/** Engines that every thread can have for itself. */
export type TeamEngine = 'wasm' | 'cpu';

/** What a worker rebuilds its session from: plain data, and shared memory. */
export interface WorkerTask extends Pick<ParallelTask<unknown>, 'module' | 'exportedAs'> {
  readonly index: number;
  readonly memory: TeamMemory;
  readonly engine: TeamEngine;
  readonly config: TaskConfig;
  /** The data folder. */
  readonly folder: string;
  /** The adaptive state to start from. */
  readonly state: JsonValue;
}

/** Says which session a thread has, so that workers with other data or another network are refused. */
export function identityOf({ data, stepsPerEpoch, model }: Session<unknown>): string {
  const parameters = sizeOf(model.parameters);
  return `${data} (${stepsPerEpoch} steps per epoch, ${parameters} parameters)`;
}

/** Counts the elements of all parameters. */
export function sizeOf(parameters: Session<unknown>['model']['parameters']): number {
  let total = 0;
  for (const { size } of parameters.values()) total += size;
  return total;
}
