import type { RunStore } from '../run/runStore.js';
import type { MetricsLine } from './metrics.js';

const eventField = { wallTime: 1, step: 2, fileVersion: 3, summary: 5, sessionLog: 7 };
const sessionStart = 1;

/** Writes scalars to an `events.out.tfevents.*` file, for TensorBoard. */
export interface EventFile {
  append(line: MetricsLine): void;
  flush(): Promise<void>;
}

/** Starts a new events file. Its session start makes TensorBoard drop the next step and later ones of earlier files. */
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

export class Message {
  readonly #bytes: number[] = [];

  /** An unsigned integer below 2^53. */
  integer(field: number, value: number): this {
    this.#tag(field, 0);
    this.#varint(value);
    return this;
  }

  double(field: number, value: number): this {
    this.#tag(field, 1);
    this.#bytes.push(...new Uint8Array(littleEndian(8, (view) => view.setFloat64(0, value, true))));
    return this;
  }

  float(field: number, value: number): this {
    this.#tag(field, 5);
    this.#bytes.push(...new Uint8Array(littleEndian(4, (view) => view.setFloat32(0, value, true))));
    return this;
  }

  text(field: number, value: string): this {
    return this.#delimited(field, new TextEncoder().encode(value));
  }

  message(field: number, value: Message): this {
    return this.#delimited(field, value.#bytes);
  }

  encoded(): Uint8Array {
    return Uint8Array.from(this.#bytes);
  }

  #delimited(field: number, bytes: ArrayLike<number>): this {
    this.#tag(field, 2);
    this.#varint(bytes.length);
    for (let i = 0; i < bytes.length; i++) this.#bytes.push(bytes[i]!);
    return this;
  }

  #tag(field: number, wireType: number): void {
    this.#varint(field * 8 + wireType);
  }

  #varint(value: number): void {
    let rest = value;
    while (rest >= 128) {
      this.#bytes.push((rest % 128) + 128);
      rest = Math.floor(rest / 128);
    }
    this.#bytes.push(rest);
  }
}

function littleEndian(size: number, set: (view: DataView) => void): ArrayBuffer {
  const buffer = new ArrayBuffer(size);
  set(new DataView(buffer));
  return buffer;
}

/** Frames bytes as a TFRecord: their length (uint64), its masked CRC, the bytes, their masked CRC; little-endian. */
export function tfRecord(data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(data.length + 16);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(data.length), true);
  view.setUint32(8, masked(crc32c(bytes.subarray(0, 8))), true);
  bytes.set(data, 12);
  view.setUint32(12 + data.length, masked(crc32c(data)), true);
  return bytes;
}

const polynomial = 0x82f63b78; // Castagnoli, bits reversed

const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ polynomial : value >>> 1;
  return value;
});

/** Computes the CRC-32C (RFC 3720, appendix B.4): `0xe3069283` for the nine bytes "123456789". */
export function crc32c(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crc >>> 8) ^ table[(crc ^ byte) & 0xff]!;
  return ~crc >>> 0;
}

function masked(crc: number): number {
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
}
