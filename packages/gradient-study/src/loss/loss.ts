/** A loss of a state and its gradient in the state, on typed arrays. */
export interface Loss {
  readonly name: string;
  /** Returns L of the state that begins at `at`. */
  value(z: Float32Array, at: number): number;
  /** Writes dL/dz of the state at `at` to the same position in `out`. */
  gradient(z: Float32Array, at: number, out: Float32Array): void;
  /** c if L(z) = <c, z> + a constant on all vectors of zeros and ones; otherwise null. */
  readonly linear: Float64Array | null;
}
