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

/** Thins the events of a long step out to one for every tenth of it, and says in words how far it is. */
export function atTenths(report: (event: NativeEvent) => void): (event: NativeEvent) => void {
  let last = '';
  return (event) => {
    if (event.fraction === undefined) return report(event);
    const message = `${event.message}: ${Math.floor(event.fraction * 10) * 10} %`;
    if (message !== last) report({ ...event, message });
    last = message;
  };
}
