/** A step of an installation: one line for a progress display. */
export interface NativeEvent {
  readonly step: 'check' | 'download' | 'unpack' | 'compile' | 'verify' | 'finish';
  readonly message: string;
  /** The share of this step that is done, from 0 to 1, if known. */
  readonly fraction?: number;
}

/** A source of TensorFlow that was tried, and why it failed, if it did. */
export interface NativeAttempt {
  readonly source: string;
  readonly failure?: string;
}

/**
 * Reports that no source of the native engine worked; `attempts` has the reason of each.
 *
 * @example
 * ```ts
 * import { NativeInstallError } from '@aimle/native-engine';
 *
 * const error = new NativeInstallError('linux-x64', [{ source: 'Python wheel', failure: 'python3 has no pip' }]);
 * error.message.split('\n'); // => ['the native engine cannot be installed here (linux-x64):', '- Python wheel: python3 has no pip']
 * ```
 */
export class NativeInstallError extends Error {
  override readonly name = 'NativeInstallError';
  readonly attempts: readonly NativeAttempt[];

  constructor(machine: string, attempts: readonly NativeAttempt[]) {
    const lines = attempts.map(({ source, failure }) => `\n- ${source}: ${failure}`);
    super(`the native engine cannot be installed here (${machine}):${lines.join('')}`);
    this.attempts = attempts;
  }
}

/** What the steps of an installation share. */
export interface Progress {
  readonly report: (event: NativeEvent) => void;
  readonly signal: AbortSignal | undefined;
}

/** Does the work and records whether and why it failed. An abort is thrown, since it ends the installation. */
export async function attempt(
  source: string,
  { report, signal }: Progress,
  work: () => Promise<void>,
): Promise<NativeAttempt> {
  try {
    await work();
    return { source };
  } catch (error) {
    signal?.throwIfAborted();
    const { code, message } = error as NodeJS.ErrnoException;
    const failure =
      code === 'ENOSPC' ? `the disk is full (${message}); free some space or set AIMLE_NATIVE` : message;
    report({ step: 'check', message: `${source}: ${failure}` });
    return { source, failure };
  }
}

/** Reduces the events of a long step to one for every tenth of it, and adds the percentage to the message. */
export function atTenths(report: (event: NativeEvent) => void): (event: NativeEvent) => void {
  let last = '';
  return (event) => {
    if (event.fraction === undefined) return report(event);
    const message = `${event.message}: ${Math.floor(event.fraction * 10) * 10} %`;
    if (message !== last) report({ ...event, message });
    last = message;
  };
}
