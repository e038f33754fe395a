import { exitCode } from './failure.js';
import type { Call } from './terminal/terminal.js';

export const AGAIN = 'Press Ctrl-C again to exit at once.';

/** Codes that a shell gives to a program that a signal ended. */
const codes = { SIGINT: 130, SIGTERM: 143 } as const;

/**
 * Runs `work` so that the first Ctrl-C aborts its signal, and the second exits at once. SIGTERM counts as
 * Ctrl-C.
 */
export async function interruptible<Result>(
  work: (signal: AbortSignal) => Promise<Result>,
  onStopping: () => void,
): Promise<Result> {
  const controller = new AbortController();
  const listen = (name: keyof typeof codes) => {
    if (controller.signal.aborted) process.exit(codes[name]);
    controller.abort();
    onStopping();
  };
  process.on('SIGINT', listen);
  process.on('SIGTERM', listen);
  try {
    return await work(controller.signal);
  } finally {
    process.off('SIGINT', listen);
    process.off('SIGTERM', listen);
  }
}

/** Runs work that keeps nothing when Ctrl-C ends it, and says so. */
export async function stoppable(
  { terminal, endWith }: Call,
  kept: string,
  work: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
  await interruptible(
    (signal) =>
      work(signal).catch((error) => {
        if (!signal.aborted) throw error;
        terminal.stderr(`Stopped. ${kept} was kept.`);
        endWith(exitCode.interrupted);
      }),
    () => terminal.stderr(`Stopping. ${AGAIN}`),
  );
}
