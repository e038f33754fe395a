import { describe, expect, it } from 'vitest';
import { memoryStore, type RunStore, trainTask } from '../src/index.js';
import { crc32c, Message, tfRecord } from '../src/metrics/eventFile.js';
import { lineConfig, lineTask } from './toy/lineTask.js';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

/** Splits a TFRecord file, checking every length and checksum. */
function recordsOf(file: Uint8Array): Uint8Array[] {
  const records: Uint8Array[] = [];
  for (let at = 0; at < file.length; ) {
    const length = Number(new DataView(file.buffer, file.byteOffset).getBigUint64(at, true));
    const data = file.subarray(at + 12, at + 12 + length);
    expect(hex(file.subarray(at, at + length + 16))).toBe(hex(tfRecord(data)));
    records.push(data);
    at += length + 16;
  }
  return records;
}

type Field = number | Uint8Array;

/** The fields of a protocol buffer message, by number. */
function fieldsOf(message: Uint8Array): Map<number, Field[]> {
  const fields = new Map<number, Field[]>();
  const view = new DataView(message.buffer, message.byteOffset, message.length);
  let at = 0;
  const varint = () => {
    for (let value = 0, scale = 1; ; scale *= 128) {
      const byte = message[at++]!;
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  };
  const skip = (bytes: number) => {
    at += bytes;
    return at - bytes;
  };
  const readers: Record<number, () => Field> = {
    0: varint,
    1: () => view.getFloat64(skip(8), true),
    2: () => {
      const length = varint();
      const from = skip(length);
      return message.subarray(from, from + length);
    },
    5: () => view.getFloat32(skip(4), true),
  };
  while (at < message.length) {
    const tag = varint();
    fields.set(tag >>> 3, [...(fields.get(tag >>> 3) ?? []), readers[tag & 7]!()]);
  }
  return fields;
}

const textOf = (field: Field | undefined) => new TextDecoder().decode(field as Uint8Array);

async function scalarsOf(store: RunStore, path: string) {
  return recordsOf((await store.read(path))!)
    .slice(2)
    .flatMap((event) => {
      const fields = fieldsOf(event);
      const values = fieldsOf(fields.get(5)![0] as Uint8Array).get(1) ?? [];
      return values.map((value) => {
        const { 1: tag, 2: number } = Object.fromEntries(fieldsOf(value as Uint8Array));
        return { step: fields.get(2)![0], tag: textOf(tag![0]), value: number![0] };
      });
    });
}

const eventFiles = async (store: RunStore) =>
  (await store.list()).filter((path) => path.startsWith('events.out.tfevents.')).sort();

describe('the events file', () => {
  it('has the checksums of RFC 3720, appendix B.4', () => {
    expect(crc32c(new TextEncoder().encode('123456789'))).toBe(0xe3069283);
    expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa);
    expect(crc32c(new Uint8Array(32).fill(0xff))).toBe(0x62a8ab43);
    expect(crc32c(Uint8Array.from({ length: 32 }, (_, i) => i))).toBe(0x46dd794e);
  });

  it('frames a record as the record writer of tensorboard 2.21 does', () => {
    const framed = tfRecord(new TextEncoder().encode('123456789'));
    expect(hex(framed)).toBe('090000000000000037f97139313233343536373839e5b08ac7');
  });

  it('encodes fields as the protocol buffer specification shows', () => {
    expect(hex(new Message().integer(1, 150).encoded())).toBe('089601');
    expect(hex(new Message().text(2, 'testing').encoded())).toBe('120774657374696e67');
    expect(hex(new Message().message(3, new Message().integer(1, 150)).encoded())).toBe('1a03089601');
    expect(hex(new Message().float(5, 1).double(1, -2).encoded())).toBe('2d0000803f0900000000000000c0');
    expect(hex(new Message().integer(1, 2 ** 40).encoded())).toBe('08808080808020');
  });

  it('holds the numbers of every step, epoch and test', async () => {
    const store = memoryStore('scratch');
    const steps: { step: number; loss: number }[] = [];
    const summary = await trainTask(
      lineTask(),
      { ...lineConfig, epochs: 1 },
      {
        run: store,
        onEvent: (event) => {
          if (event.kind === 'step') steps.push(event);
        },
      },
    );
    const [path, ...others] = await eventFiles(store);
    expect(others).toEqual([]);
    const records = recordsOf((await store.read(path!))!);
    expect(textOf(fieldsOf(records[0]!).get(3)![0])).toBe('brain.Event:2');
    const scalars = await scalarsOf(store, path!);
    expect(scalars.filter(({ tag }) => tag === 'step/loss')).toEqual(
      steps.map(({ step, loss }) => ({ step, tag: 'step/loss', value: Math.fround(loss) })),
    );
    expect(scalars).toContainEqual({
      step: 5,
      tag: 'test/mse',
      value: Math.fround(summary.metrics.test!['mse']!),
    });
    expect(scalars.map(({ tag }) => tag)).toEqual(
      expect.arrayContaining(['step/seen', 'train/loss', 'train/seen', 'validation/mse']),
    );
  });

  it('is a new one when the run is resumed, which takes the place of what came after the checkpoint', async () => {
    const store = memoryStore('scratch');
    await trainTask(lineTask(), { ...lineConfig, epochs: 1 }, { run: store });
    await trainTask(lineTask(), { ...lineConfig, epochs: 2 }, { run: store, resume: true });
    const files = await eventFiles(store);
    expect(files.length).toBe(2);
    const start = fieldsOf(recordsOf((await store.read(files[1]!))!)[1]!);
    expect(start.get(2)).toEqual([6]);
    expect(fieldsOf(start.get(7)![0] as Uint8Array).get(1)).toEqual([1]);
    expect((await scalarsOf(store, files[1]!))[0]).toMatchObject({ step: 6, tag: 'step/loss' });
  });
});
