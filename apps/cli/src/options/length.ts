import type { TaskConfig } from '@aimle/training';
import { RequestError } from '@aimle/training/errors';

interface Length {
  readonly epochs?: number | undefined;
  readonly steps?: number | undefined;
}

/** How long a run is asked to be, without what was not asked for. */
export function lengthOf({ epochs, steps }: Length): { epochs?: number; steps?: number } {
  return { ...(epochs !== undefined && { epochs }), ...(steps !== undefined && { steps }) };
}

/**
 * The configuration that a run is resumed with: its own, or longer.
 *
 * @param direct - the settings that have an option of their own.
 * @throws {@link RequestError} when anything but the length is asked to change.
 */
export function longer<Config extends TaskConfig, Name extends string>(
  recorded: Config,
  options: Length & { readonly set: readonly string[] } & { readonly [N in Name]?: unknown },
  direct: readonly Name[],
): Config {
  const changed =
    direct.find((name) => options[name] !== undefined) ?? (options.set.length > 0 ? 'set' : undefined);
  if (changed !== undefined) {
    throw new RequestError(`--${changed} cannot change in a resumed run; only --epochs and --steps can`);
  }
  // --epochs decides only where no number of steps does.
  const { steps: _, ...withoutSteps } = recorded;
  return { ...(options.epochs === undefined ? recorded : withoutSteps), ...lengthOf(options) } as Config;
}
