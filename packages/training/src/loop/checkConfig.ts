import type { Task, TaskConfig } from '../contracts/task.js';
import { RequestError } from '../errors.js';

/** @throws {@link RequestError} when a setting is wrong, whether the loop reads it or the task. */
export function checkConfig<Config extends TaskConfig>(
  task: Pick<Task<Config, unknown>, 'name' | 'check'>,
  config: Config,
): void {
  const { seed, epochs, steps, learningRate, learningRateDecay = 1, adamEpsilon } = config;
  require(Number.isSafeInteger(seed) && seed >= 0, 'seed', 'an integer in [0, 2^53)', seed);
  require(isCount(epochs), 'epochs', 'a positive integer', epochs);
  require(steps === undefined || isCount(steps), 'steps', 'a positive integer', steps);
  require(isPositive(learningRate), 'learningRate', 'a finite number above 0', learningRate);
  const decays = learningRateDecay > 0 && learningRateDecay <= 1;
  require(decays, 'learningRateDecay', 'above 0 and at most 1, which keeps the rate', learningRateDecay);
  require(isPositive(adamEpsilon), 'adamEpsilon', 'a finite number above 0', adamEpsilon);
  try {
    task.check(config);
  } catch (error) {
    throw new RequestError(error instanceof Error ? error.message : String(error), { cause: error });
  }

  function require(holds: boolean, setting: string, constraint: string, value: unknown): void {
    if (!holds) throw new RequestError(`${task.name}: ${setting} must be ${constraint}, got ${value}`);
  }
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value > 0;
}

function isPositive(value: number): boolean {
  return Number.isFinite(value) && value > 0;
}
