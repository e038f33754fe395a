/*
 * Room in which kernels work for a moment. Threads share the memory of the module, so each has its own room: a worker's
 * is where `useRoom` puts it.
 */

const BYTES: i32 = 1152 + 1024 + 256 + 512 + 1024 + 32;
const FIRST: usize = memory.data(BYTES, 16);

/** Words that become numbers in another place: those of threefry.ts. */
export let words: usize = 0;
/** Halves of rows, and the exchanges that sort them: those of fourRows.ts. */
export let halves: usize = 0;
export let exchanges: usize = 0;
/** An item of four rows in a vector: the noise, and pairs of scores. Those of fourSides.ts. */
export let fourNoises: usize = 0;
export let fourScores: usize = 0;
/** Where the cells of a table begin, and its shift: those of noise.ts. */
export let ofTable: usize = 0;

/** The bytes of the room. */
export function bytesOfRoom(): i32 {
  return BYTES;
}

/** Moves the room of this thread. */
export function useRoom(at: usize): void {
  words = at;
  halves = words + 1152;
  exchanges = halves + 1024;
  fourNoises = exchanges + 256;
  fourScores = fourNoises + 512;
  ofTable = fourScores + 1024;
}

useRoom(FIRST);
