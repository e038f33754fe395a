import type { MetricsLine } from '../contracts/progress.js';
import { concatenated } from '../run/metrics.js';
import type { RunStore } from '../run/store.js';
import { Message } from './protobuf.js';
import { record } from './record.js';

const eventField = { wallTime: 1, step: 2, fileVersion: 3, summary: 5, sessionLog: 7 };
const sessionStart = 1;

/** Writes scalars to an `events.out.tfevents.*` file, for TensorBoard. */
export interface EventLog {
  append(line: MetricsLine): void;
  flush(): Promise<void>;
}

/**
 * Begins a new events file beside those of earlier sessions. It opens with a session start at the first step to come,
 * whereupon TensorBoard drops what earlier files say about that step and later ones.
 */
export async function openEvents(store: RunStore, stepsDone: number): Promise<EventLog> {
  const earlier = (await store.list()).filter((path) => path.startsWith('events.out.tfevents.')).length;
  const began = String(Math.floor(Date.now() / 1000)).padStart(10, '0');
  const path = `events.out.tfevents.${began}.aimle.${String(earlier).padStart(4, '0')}`;
  let pending = [
    record(event().text(eventField.fileVersion, 'brain.Event:2').encoded()),
    record(
      event()
        .integer(eventField.step, stepsDone + 1)
        .message(eventField.sessionLog, new Message().integer(1, sessionStart))
        .encoded(),
    ),
  ];
  return {
    append(line) {
      const summary = new Message();
      for (const [tag, value] of scalarsOf(line)) {
        summary.message(1, new Message().text(1, tag).float(2, value));
      }
      pending.push(
        record(event().integer(eventField.step, line.step).message(eventField.summary, summary).encoded()),
      );
    },
    async flush() {
      if (pending.length === 0) return;
      const bytes = concatenated(pending);
      pending = [];
      await store.append(path, bytes);
    },
  };
}

function event(): Message {
  return new Message().double(eventField.wallTime, Date.now() / 1000);
}

/** The numbers of a line under TensorBoard tags: `step/loss`, `train/loss`, `validation/bce`, `test/bce`. */
function scalarsOf(line: MetricsLine): [tag: string, value: number][] {
  switch (line.kind) {
    case 'step': {
      const { kind, step, epoch, seconds, ...numbers } = line;
      return tagged('step', numbers);
    }
    case 'epoch':
      return [
        ...tagged('train', line.train),
        ...tagged('validation', line.validation ?? {}),
        ...tagged('test', line.test ?? {}),
      ];
    case 'test':
      return tagged('test', line.test);
  }
}

function tagged(group: string, numbers: Readonly<Record<string, unknown>>): [string, number][] {
  return Object.entries(numbers)
    .filter((entry): entry is [string, number] => typeof entry[1] === 'number')
    .map(([name, value]) => [`${group}/${name}`, value]);
}
