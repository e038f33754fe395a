/** What an installation is at: one line for a progress display. */
export interface NativeEvent {
  readonly step: 'check' | 'download' | 'unpack' | 'compile' | 'verify' | 'finish';
  readonly message: string;
  /** How much of this step is done, from 0 to 1, where it is known. */
  readonly fraction?: number;
}

/** One way of getting TensorFlow that was tried, and why it failed, where it did. */
export interface NativeAttempt {
  readonly source: string;
  readonly failure?: string;
}

/** What the steps of an installation share. */
export interface Progress {
  readonly report: (event: NativeEvent) => void;
  readonly signal: AbortSignal | undefined;
}
