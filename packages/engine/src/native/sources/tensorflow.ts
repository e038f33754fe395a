/** A libtensorflow that lies unpacked in an installation, ready for an addon to be linked to it. */
export interface TensorFlow {
  /** Where it came from, in words. */
  readonly source: string;
  /** The folder of its C headers. */
  readonly headers: string;
  /** The two libraries to link to. */
  readonly libraries: readonly string[];
}
