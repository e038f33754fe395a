import type { MetricsLine } from '../metrics/metrics.js';
import type { RunStore } from '../run/runStore.js';
import { Message } from './protobuf.js';
import { tfRecord } from './tfRecord.js';

const eventField = { wallTime: 1, step: 2, fileVersion: 3, summary: 5, sessionLog: 7 };
const sessionStart = 1;

/** Writes scalars to an `events.out.tfevents.*` file, for TensorBoard. */
export interface EventFile {
  append(line: MetricsLine): void;
  flush(): Promise<void>;
}

/**
 * Starts a new events file next to those of earlier sessions. It begins with a session start at the next step, so
 * TensorBoard drops that step and later ones from earlier files.
 */
export async function openEventFile(store: RunStore, stepsDone: number): Promise<EventFile> {
  const earlier = (await store.list()).filter((path) => path.startsWith('events.out.tfevents.')).length;
  const began = String(Math.floor(Date.now() / 1000)).padStart(10, '0');
  const path = `events.out.tfevents.${began}.aimle.${String(earlier).padStart(4, '0')}`;
  const pending: number[] = [];
  const write = (message: Message) => pending.push(...tfRecord(message.encoded()));
  const start = new Message().integer(1, sessionStart);
  write(event().text(eventField.fileVersion, 'brain.Event:2'));
  write(
    event()
      .integer(eventField.step, stepsDone + 1)
      .message(eventField.sessionLog, start),
  );
  return {
    append(line) {
      const summary = new Message();
      for (const [tag, value] of scalarsOf(line)) {
        summary.message(1, new Message().text(1, tag).float(2, value));
      }
      write(event().integer(eventField.step, line.step).message(eventField.summary, summary));
    },
    async flush() {
      if (pending.length > 0) await store.append(path, Uint8Array.from(pending.splice(0)));
    },
  };
}

function event(): Message {
  return new Message().double(eventField.wallTime, Date.now() / 1000);
}

/** Lists the numbers of a line under TensorBoard tags: `step/loss`, `train/loss`, `validation/bce`, `test/bce`. */
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
