/** One thing to time. */
export interface Case {
  readonly name: string;
  /** Sets up everything that is not timed. */
  prepare(): Promise<{ run(): Promise<void>; dispose(): void }>;
}

/** What one case took, in milliseconds. */
export interface Timing {
  readonly median: number;
  readonly min: number;
}

const warmUps = 2;
const repeats = 7;

/** Times a case: seven runs after two warm-up runs, as the official code's timings do. */
export async function measure(subject: Case): Promise<Timing> {
  const { run, dispose } = await subject.prepare();
  try {
    for (let i = 0; i < warmUps; i++) await run();
    const times: number[] = [];
    for (let i = 0; i < repeats; i++) {
      const began = performance.now();
      await run();
      times.push(performance.now() - began);
    }
    times.sort((a, b) => a - b);
    return { median: times[(repeats - 1) / 2]!, min: times[0]! };
  } finally {
    dispose();
  }
}
