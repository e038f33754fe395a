import type { NativeAttempt } from './events.js';

/** No way of getting the native engine worked; `attempts` says why, one by one. */
export class NativeInstallError extends Error {
  readonly attempts: readonly NativeAttempt[];

  constructor(machine: string, attempts: readonly NativeAttempt[]) {
    const lines = attempts.map(({ source, failure }) => `\n- ${source}: ${failure}`);
    super(`the native engine cannot be installed here (${machine}):${lines.join('')}`);
    this.name = 'NativeInstallError';
    this.attempts = attempts;
  }
}
