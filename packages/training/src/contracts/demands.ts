/** What a configuration is held to: see {@link demandsOf}. */
export interface Demands<Config> {
  /** Throws unless it holds: the setting's name, and the constraint in words. */
  that(holds: boolean, name: keyof Config & string, constraint: string): void;
  /** Each named setting must be one of a list. */
  oneOf(choices: { readonly [N in keyof Config]?: readonly string[] }): void;
  /** Each named setting must be a whole number of at least so much. */
  whole(least: { readonly [N in keyof Config]?: number }): void;
  /** Each named setting must be a finite number above 0. */
  positive(...names: readonly (keyof Config & string)[]): void;
}

/**
 * The checks of a task's configuration, told in one way: constraint, value received.
 *
 * @param task - its name, which every message begins with.
 * @throws RangeError from each demand that does not hold, such as `dvae: k must be an integer in [1, 20], got 40`.
 * @example
 * ```ts
 * import { demandsOf } from '@aimle/training';
 *
 * const config = { batchSize: 0, noise: 'gumbel' };
 * const demands = demandsOf('dvae', config);
 * demands.oneOf({ noise: ['gumbel', 'none'] });
 * let message = '';
 * try {
 *   demands.whole({ batchSize: 1 });
 * } catch (error) {
 *   message = (error as RangeError).message;
 * }
 * message; // => 'dvae: batchSize must be an integer of at least 1, got 0'
 * ```
 */
export function demandsOf<Config extends object>(task: string, config: Config): Demands<Config> {
  const values = config as Readonly<Record<string, unknown>>;
  const that = (holds: boolean, name: string, constraint: string): void => {
    if (!holds)
      throw new RangeError(`${task}: ${name} must be ${constraint}, got ${JSON.stringify(values[name])}`);
  };
  return {
    that,
    oneOf(choices) {
      for (const [name, list] of Object.entries(choices) as [string, readonly unknown[]][]) {
        that(list.includes(values[name]), name, `one of ${list.join(', ')}`);
      }
    },
    whole(least) {
      for (const [name, minimum] of Object.entries(least) as [string, number][]) {
        const value = values[name];
        that(
          Number.isInteger(value) && (value as number) >= minimum,
          name,
          `an integer of at least ${minimum}`,
        );
      }
    },
    positive(...names) {
      for (const name of names) {
        const value = values[name];
        that(Number.isFinite(value) && (value as number) > 0, name, 'a positive number');
      }
    },
  };
}
