export interface Case {
  readonly name: string;
  /** Sets up everything that is not timed. */
  prepare(): Promise<{ run(): Promise<void>; dispose(): void }>;
}

/** The median and the minimum of an odd number of times, in milliseconds. */
export function timing(times: readonly number[]) {
  const sorted = times.toSorted((a, b) => a - b);
  return { median: sorted[(sorted.length - 1) / 2]!, min: sorted[0]! };
}

const warmUps = 2;
const repeats = 7;

/** Times a case: seven runs after two warm-up runs, as the official code's timings do. */
export async function measure(subject: Case) {
  const { run, dispose } = await subject.prepare();
  try {
    const times: number[] = [];
    for (let i = 0; i < warmUps + repeats; i++) {
      const began = performance.now();
      await run();
      times.push(performance.now() - began);
    }
    return timing(times.slice(warmUps));
  } finally {
    dispose();
  }
}
