/** Numbers that a member can put in at a time, for a sum over the members. */
export const ROOM = 1024;
const REASON_BYTES = 4096;

/** Words of the control array: what to do, and who has arrived where. */
export const Word = {
  /** Counts orders; members wait for it to change. */
  order: 0,
  epoch: 1,
  index: 2,
  step: 3,
  /** 1 once there are no more orders. */
  stopped: 4,
  /** 1 if a sum of gradients was not finite. */
  notFinite: 10,
  /** 0, or 1 + the first member that failed. */
  failed: 5,
  /** Two words each: how many have arrived, and how often all had. */
  gradients: 6,
  sums: 8,
} as const;

/** What the members of a team share: memory that all threads read and write. */
export interface TeamMemory {
  readonly members: number;
  readonly control: Int32Array;
  /** The parameters, one after the other, which members move after each step. */
  readonly parameters: Float32Array;
  /** Adam's mean gradients and mean squared gradients, in the same order. */
  readonly means: Float32Array;
  readonly squares: Float32Array;
  /** Adam's weights for the step. */
  readonly coefficients: Float64Array;
  /** The gradient of each member; the first one becomes their sum. */
  readonly gradients: Float32Array;
  /** Sum and number of the losses of each member. */
  readonly losses: Float64Array;
  /** Vectors to be added up: two for each member, used in turn. */
  readonly vectors: Float64Array;
  /** Why a member failed: its length in bytes, and the text. */
  readonly reasons: Uint8Array;
}

export function teamMemory(members: number, parameters: number): TeamMemory {
  const shared = (bytes: number) => new SharedArrayBuffer(bytes);
  return {
    members,
    control: new Int32Array(shared(4 * 11)),
    parameters: new Float32Array(shared(4 * parameters)),
    means: new Float32Array(shared(4 * parameters)),
    squares: new Float32Array(shared(4 * parameters)),
    coefficients: new Float64Array(shared(8 * 5)),
    gradients: new Float32Array(shared(4 * parameters * members)),
    losses: new Float64Array(shared(8 * 2 * members)),
    vectors: new Float64Array(shared(8 * 2 * ROOM * members)),
    reasons: new Uint8Array(shared(REASON_BYTES)),
  };
}

/** Says that a member failed, unless another did before, and wakes all that wait. */
export function putFailure({ control, reasons }: TeamMemory, member: number, reason: string): void {
  if (Atomics.compareExchange(control, Word.failed, 0, member + 1) === 0) {
    // Shared memory must be written byte by byte: encodeInto refuses it in some engines.
    reasons.set(new TextEncoder().encode(reason).subarray(0, REASON_BYTES - 1));
  }
  for (const word of [Word.order, Word.gradients + 1, Word.sums + 1]) Atomics.notify(control, word);
}

/** Why the first member failed; null while none has. */
export function failureIn({ control, reasons }: TeamMemory): string | null {
  if (Atomics.load(control, Word.failed) === 0) return null;
  const bytes = reasons.slice();
  return new TextDecoder().decode(bytes.subarray(0, bytes.indexOf(0)));
}
