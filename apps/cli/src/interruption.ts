/** Codes that a shell gives to a program that a signal ended. */
const codes = { SIGINT: 130, SIGTERM: 143 } as const;

/**
 * Runs `work` so that the first Ctrl-C asks it to stop, through the signal it gets, and the second leaves at once.
 * Asking a process to terminate counts as Ctrl-C.
 *
 * @param stopping Told once, when the first one comes.
 */
export async function interruptible<Result>(
  work: (signal: AbortSignal) => Promise<Result>,
  stopping: () => void,
): Promise<Result> {
  const controller = new AbortController();
  const listen = (name: keyof typeof codes) => {
    if (controller.signal.aborted) process.exit(codes[name]);
    controller.abort();
    stopping();
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
