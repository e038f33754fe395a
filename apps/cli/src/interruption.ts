/** Codes that a shell gives to a program that a signal ended. */
const codes = { SIGINT: 130, SIGTERM: 143 } as const;

/**
 * Runs `work` so that the first Ctrl-C aborts its signal, and the second exits at once. SIGTERM counts as
 * Ctrl-C.
 *
 * @param onStopping Called once, at the first Ctrl-C.
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
