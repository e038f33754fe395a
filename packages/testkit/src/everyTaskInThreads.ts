/** What is used of @aimle/kernels, on which this package must not depend: its tests use this one. */
interface KernelsModule {
  useKernels(wanted: boolean, options: { readonly threads: number }): Promise<boolean>;
  kernels(): { readonly threads: number; team(nanoseconds: number): { readonly threads: number } } | null;
}

/**
 * Loads kernels with so many threads, waits until they are ready, and from then on gives them every piece of work, as
 * if it were large. Returns a function that ends this; `useKernels` chooses other threads.
 *
 * @example
 * ```ts
 * import { everyTaskInThreads } from '@aimle/testkit';
 *
 * // In a test, the module is @aimle/kernels.
 * const loaded = { threads: 2, team: (nanoseconds: number) => ({ threads: nanoseconds > 300_000 ? 2 : 1 }) };
 * const end = await everyTaskInThreads({ useKernels: async () => true, kernels: () => loaded }, 2);
 * loaded.team(1).threads; // => 2
 * end();
 * loaded.team(1).threads; // => 1
 * ```
 */
export async function everyTaskInThreads(
  { useKernels, kernels }: KernelsModule,
  threads: number,
): Promise<() => void> {
  await useKernels(true, { threads });
  const loaded = kernels()!;
  const { team } = loaded;
  if (loaded.threads !== threads) throw new Error('everyTaskInThreads: memory cannot be shared here');
  while (team(Number.MAX_VALUE).threads < threads) await new Promise((resolve) => setTimeout(resolve, 1));
  loaded.team = () => team(Number.MAX_VALUE);
  return () => {
    loaded.team = team;
  };
}
