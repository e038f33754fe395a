import type { Task, TaskConfig } from '@aimle/training';
import { RequestError } from '@aimle/training/errors';

/** Every task that can be trained, by name; loaded when asked for, because each brings TensorFlow.js along. */
const tasks: Readonly<Record<string, () => Promise<Task<TaskConfig, unknown>>>> = {
  dvae: async () => (await import('@aimle/discrete-vae')).discreteVae as Task<TaskConfig, unknown>,
  l2x: async () =>
    (await import('@aimle/learning-to-explain')).learningToExplain as Task<TaskConfig, unknown>,
  nri: async () =>
    (await import('@aimle/neural-relational-inference')).neuralRelationalInference as Task<
      TaskConfig,
      unknown
    >,
};

/** @throws {@link RequestError} when there is no such task. */
export function taskNamed(name: string): Promise<Task<TaskConfig, unknown>> {
  const load = tasks[name];
  if (load === undefined) {
    throw new RequestError(`this version has no task ${name}; it has ${Object.keys(tasks).join(', ')}`);
  }
  return load();
}
