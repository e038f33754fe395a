import type { Calls, Kernels } from '@aimle/kernels';

/** Numbers per call of a kernel: even, and few enough to stay in the first-level cache until they are copied. */
const CHUNK = 4096;
/** The same where threads share the work: enough to be worth handing over. */
const SHARED_CHUNK = 16_384;
/** Fewer words than this are made sooner than a kernel is called: measured by bench/fillers.ts. */
export const FEW_WORDS = 32;

/** The kernels that fill, called at once or in some thread. */
type Fillers = Pick<
  Kernels | Calls,
  'fillWords' | 'fillUniform' | 'fillIntegers' | 'fillNormal' | 'fillFromTable'
>;

/**
 * Fills an array of 32-bit numbers by a kernel, a chunk at a time, in all threads if that is worth it.
 *
 * @param cost - nanoseconds for each number, about
 * @param fill - writes elements [first, first + count) to the address `at`
 */
export function fillByKernel(
  kernels: Kernels,
  out: Float32Array | Int32Array | Uint32Array,
  cost: number,
  fill: (fillers: Fillers, first: number, count: number, at: number) => void,
): void {
  const { memory } = kernels;
  const words = new Uint32Array(out.buffer, out.byteOffset, out.length);
  const team = kernels.team(cost * out.length);
  if (team.threads > 1) {
    const { slots } = team.reserve({ slot: [4 * SHARED_CHUNK] });
    const countFrom = (first: number) => Math.min(SHARED_CHUNK, out.length - first);
    team.run({
      tasks: Math.ceil(out.length / SHARED_CHUNK),
      perform(calls, task, slot) {
        const first = task * SHARED_CHUNK;
        fill(calls, first, countFrom(first), slots[slot]![0]!);
      },
      finish(task, slot) {
        const first = task * SHARED_CHUNK;
        words.set(memory.words(slots[slot]![0]!, countFrom(first)), first);
      },
    });
    return;
  }
  const at = memory.scratch(4 * Math.min(CHUNK, out.length));
  for (let first = 0; first < out.length; first += CHUNK) {
    const count = Math.min(CHUNK, out.length - first);
    fill(kernels, first, count, at);
    words.set(memory.words(at, count), first);
  }
}
