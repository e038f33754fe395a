/** Calls the work at most once at a time: what is asked for while it runs is done once more, when it has ended. */
export function oneAtATime(work: () => Promise<void>): () => void {
  let busy = false;
  let again = false;
  return async () => {
    again = true;
    if (busy) return;
    busy = true;
    try {
      while (again) {
        again = false;
        await work();
      }
    } finally {
      busy = false;
    }
  };
}
