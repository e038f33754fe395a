import { discreteVae } from '@aimle/discrete-vae/task';
import { learningToExplain } from '@aimle/learning-to-explain/task';
import { neuralRelationalInference } from '@aimle/neural-relational-inference/task';
import { shortestPaths } from '@aimle/shortest-paths/task';
import type { Task, TaskConfig } from '@aimle/training';
import { RequestError } from '@aimle/training/settings';

/** Every task that can be trained. TensorFlow.js is not loaded until a task is prepared. */
export const tasks: readonly Task<TaskConfig, unknown>[] = [
  discreteVae,
  learningToExplain,
  neuralRelationalInference,
  shortestPaths,
];

export function taskNamed(name: string): Task<TaskConfig, unknown> {
  const task = tasks.find((each) => each.name === name);
  if (task !== undefined) return task;
  throw new RequestError(
    `this version has no task ${name}; it has ${tasks.map((each) => each.name).join(', ')}`,
  );
}
