import { foldIn, type Key, key } from '@aimle/random';

/** The keys of a run. They depend on its seed only. */
export interface RunKeys {
  /** For the step with this number, counted from 1. */
  step(step: number): Key;
  /** The same at every epoch, so that epochs compare on the same random numbers. */
  evaluation(split: 'validation' | 'test'): Key;
  readonly figures: Key;
}

/**
 * Derives the keys that the loop passes to a session. They are folded from `'training'`, so a task may use any other name
 * under `key(seed)` for its own keys.
 */
export function runKeys(seed: number): RunKeys {
  const root = foldIn(key(seed), 'training');
  const steps = foldIn(root, 'steps');
  return {
    step: (step) => foldIn(steps, step),
    evaluation: (split) => foldIn(root, split),
    figures: foldIn(root, 'figures'),
  };
}
