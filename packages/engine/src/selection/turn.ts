let last: Promise<unknown> = Promise.resolve();

/** Runs work after all work given before: two at once would switch the backend under each other's self-test. */
export function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const next = last.then(work, work);
  last = next.catch(() => {});
  return next;
}
