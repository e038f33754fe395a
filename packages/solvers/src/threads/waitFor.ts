/**
 * Blocks until a shared counter reaches a value. A browser's main thread must not sleep, so there it spins.
 *
 * @param look - is called now and then, to throw where waiting is in vain.
 */
export function waitFor(counters: Int32Array, at: number, value: number, look: () => void): void {
  const sleeps = maySleep();
  for (let seen = Atomics.load(counters, at); seen < value; seen = Atomics.load(counters, at)) {
    if (sleeps) Atomics.wait(counters, at, seen, 50);
    look();
  }
}

function maySleep(): boolean {
  try {
    // Not the value it waits for, so it returns at once, where it is allowed at all.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 1);
    return true;
  } catch {
    return false;
  }
}
