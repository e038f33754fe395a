/**
 * Blocks until a shared counter reaches a value. A browser's main thread must not sleep, so there it spins.
 *
 * @param look - called from time to time; throws if waiting is pointless.
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
    // The value differs, so this returns at once; it throws where waiting is not allowed.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 1);
    return true;
  } catch {
    return false;
  }
}
