import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  FormatError,
  parseJson,
  readAnnotations,
  readCsv,
  readIdx,
  readNpy,
  readNpz,
  readReviews,
  readSafetensors,
  readScoredTexts,
  readVectorTable,
  readWordVectors,
  writeIdx,
  writeNpy,
  writeNpz,
  writeSafetensors,
} from '../src/index.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aimle-hostile-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function file(name: string, bytes: Uint8Array | string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return path;
}

const MEGABYTE = 2 ** 20;
const reading = (read: () => unknown): string => {
  try {
    read();
    return 'no error';
  } catch (error) {
    expect(error).toBeInstanceOf(FormatError);
    return (error as Error).message;
  }
};
const messageOf = (read: Promise<unknown>): Promise<string> =>
  read.then(
    () => 'no error',
    (error) => {
      expect(error).toBeInstanceOf(FormatError);
      return error.message;
    },
  );

describe('a small file that claims much', () => {
  it('is an idx that unpacks to more than 250 times its size', () => {
    const sides = writeIdx({ shape: [1], data: new Uint8Array(1) });
    new DataView(sides.buffer).setUint32(4, 2 ** 31);
    const packed = gzipSync(Buffer.concat([sides.subarray(0, 8), Buffer.alloc(80 * MEGABYTE)]));
    expect(reading(() => readIdx(packed, 'a.idx.gz'))).toMatch(
      /^a\.idx\.gz: may unpack to at most 67108864 bytes, since it has \d+, got more; .*unpack it first$/,
    );
  });

  it('is an idx with more behind its elements, which is not unpacked to its end', () => {
    const small = writeIdx({ shape: [3], data: Uint8Array.of(1, 2, 3) });
    const packed = gzipSync(Buffer.concat([small, Buffer.alloc(8 * MEGABYTE)]));
    expect(reading(() => readIdx(packed, 'a.idx.gz'))).toBe(
      'a.idx.gz: must unpack to 11 bytes, as its header says, got more: it has trailing bytes',
    );
  });

  it('is an npz whose directory claims ten gigabytes, or whose entries lie upon each other', () => {
    const good = writeNpz(new Map([['x', { dtype: 'u1', shape: [1000], data: new Uint8Array(1000) }]]));
    const end = good.length - 22;
    const claiming = good.slice();
    const view = new DataView(claiming.buffer);
    const entry = view.getUint32(end + 16, true);
    view.setUint32(entry + 24, 4e9, true);
    expect(reading(() => readNpz(claiming, 'a.npz'))).toMatch(
      /may unpack to at most 67108864 bytes.*np\.savez/,
    );

    const directory = good.slice(entry, end);
    const crowded = [0, 1, 2, 3].map((i) => {
      const copy = directory.slice();
      copy[46] = 97 + i;
      new DataView(copy.buffer).setUint32(20, good.length, true);
      return copy;
    });
    const tail = good.slice(end);
    const tailView = new DataView(tail.buffer);
    tailView.setUint16(8, crowded.length, true);
    tailView.setUint16(10, crowded.length, true);
    const overlapping = Buffer.concat([good.subarray(0, entry), ...crowded, tail]);
    expect(reading(() => readNpz(new Uint8Array(overlapping), 'a.npz'))).toMatch(
      /entries of the zip must fit into its/,
    );
  });

  it('is an npy with a header of megabytes', () => {
    const header = Buffer.concat([
      Buffer.from('\x93NUMPY\x02\x00', 'latin1'),
      Buffer.alloc(4),
      Buffer.alloc(4 * MEGABYTE, 32),
    ]);
    header.writeUInt32LE(4 * MEGABYTE, 8);
    expect(reading(() => readNpy(header, 'a.npy'))).toMatch(
      /^a\.npy: the npy header must have at most 1048576 bytes, got/,
    );
  });

  it('is a text of one endless line, packed or not, in every reader', async () => {
    const endless = Buffer.alloc(17 * MEGABYTE, 97);
    for (const [name, bytes] of [
      ['a.csv', endless],
      ['a.csv.gz', gzipSync(endless)],
    ] as const) {
      const path = await file(name, bytes);
      for (const read of [readScoredTexts, readCsv, readAnnotations, readReviews, readWordVectors]) {
        expect(await messageOf(read(path))).toMatch(/line 1 must have at most 16777216 bytes/);
      }
    }
    const table = await file('a.npy', writeNpy({ dtype: 'f4', shape: [1, 1], data: Float32Array.of(1) }));
    expect(await messageOf(readVectorTable(table, join(folder, 'a.csv')))).toMatch(
      /line 1 must have at most/,
    );
  });

  it('is a packed text of many lines', async () => {
    const lines = Buffer.alloc(80 * MEGABYTE, `${'a'.repeat(99_999)}\n`);
    const path = await file('a.txt.gz', gzipSync(lines));
    expect(await messageOf(readReviews(path))).toMatch(/may unpack to at most 67108864 bytes/);
  });
});

describe('a key given twice', () => {
  it('is refused by parseJson at any depth, and nothing else is', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(parseJson(text)).toEqual(JSON.parse(text));
      }),
    );
    expect(() => parseJson('[{"a": {"b": 1, "\\u0062": 2}}]')).toThrow('"b" is given twice');
    expect(parseJson('[{"a": {"a": 1}}, {"a": 2}]')).toEqual([{ a: { a: 1 } }, { a: 2 }]);
  });

  it('costs its line in JSON Lines', async () => {
    const good = '{"text": "fine", "score": 1}\n'.repeat(30);
    const path = await file('a.jsonl', `${good}{"text": "fine", "score": 1, "score": 0}\n`);
    const { skipped } = await readScoredTexts(path);
    expect(skipped.first).toEqual([{ line: 31, reason: '"score" is given twice' }]);
  });
});

/** Small files in every binary format, and who reads them. */
const seeds = {
  idx: [writeIdx({ shape: [2, 3], data: new Uint8Array(6) }), readIdx],
  'idx.gz': [gzipSync(writeIdx({ shape: [2, 3], data: new Uint8Array(6) })), readIdx],
  npy: [writeNpy({ dtype: 'f4', shape: [2, 2], data: new Float32Array(4) }), readNpy],
  npz: [writeNpz(new Map([['a', { dtype: 'i4', shape: [3], data: new Int32Array(3) }]])), readNpz],
  safetensors: [
    writeSafetensors(new Map([['a', { dtype: 'F32', shape: [2], data: new Float32Array(2) }]]), {
      note: 'x',
    }),
    readSafetensors,
  ],
} as const;

/** Changes that tell on a format: bytes set to edges, pieces cut out, doubled or swollen, and the end cut off. */
const mutation = fc.record({
  kind: fc.constantFrom('set', 'cut', 'double', 'end', 'length'),
  at: fc.nat(),
  value: fc.constantFrom(0, 1, 0x20, 0x22, 0x28, 0x7b, 0x7f, 0x80, 0xff),
  count: fc.integer({ min: 1, max: 9 }),
});

function mutated(
  bytes: Uint8Array,
  mutations: readonly { kind: string; at: number; value: number; count: number }[],
): Uint8Array {
  let result = Buffer.from(bytes);
  for (const { kind, at: anywhere, value, count } of mutations) {
    const at = anywhere % (result.length + 1);
    const piece = result.subarray(at, at + count);
    if (kind === 'set') result.fill(value, at, Math.min(at + 1, result.length));
    if (kind === 'length') result.fill(value, at, Math.min(at + count, result.length));
    if (kind === 'cut') result = Buffer.concat([result.subarray(0, at), result.subarray(at + count)]);
    if (kind === 'double') result = Buffer.concat([result.subarray(0, at), piece, result.subarray(at)]);
    if (kind === 'end') result = result.subarray(0, at);
  }
  return new Uint8Array(result);
}

describe('any damage', () => {
  it.each(Object.entries(seeds))(
    'of %s is a FormatError with a short message, or harmless',
    (_, [seed, read]) => {
      fc.assert(
        fc.property(fc.array(mutation, { minLength: 1, maxLength: 4 }), (mutations) => {
          try {
            read(mutated(seed, mutations), 'file');
          } catch (error) {
            expect(error).toBeInstanceOf(FormatError);
            expect((error as Error).message.length).toBeLessThan(600);
          }
        }),
        { numRuns: 500 },
      );
    },
  );

  const texts = {
    'a.csv': ['text,score\n"a, ""b""",1\nc,0\n', (path: string) => readScoredTexts(path)],
    'b.csv': ['x,y\n"a, ""b""",1\nc,0\n', (path: string) => readCsv(path)],
    'a.jsonl': [
      '{"text": "a", "score": 1}\n{"text": "b", "score": 0.5}\n',
      (path: string) => readScoredTexts(path),
    ],
    'a.json': [
      '{"x": ["a"], "y": [1, 1, 1, 1, 1], "0": [[0, 1]]}\n',
      (path: string) => readAnnotations(path),
    ],
    'a.txt': ['0.1 0.2 0.3 0.4 0.5\ta b\n', (path: string) => readReviews(path)],
    'v.txt': ['a 1 2\nb 3 4\n', (path: string) => readWordVectors(path)],
    'a.csv.gz': [gzipSync('text,score\n"a, ""b""",1\nc,0\n'), (path: string) => readScoredTexts(path)],
  } as const;

  it.each(Object.entries(texts))(
    'of %s is a FormatError with a short message, or harmless',
    async (name, [seed, read]) => {
      await fc.assert(
        fc.asyncProperty(fc.array(mutation, { minLength: 1, maxLength: 4 }), async (mutations) => {
          const path = await file(name, mutated(Buffer.from(seed), mutations));
          await read(path).catch((error: Error) => {
            expect(error).toBeInstanceOf(FormatError);
            expect(error.message.length).toBeLessThan(800);
          });
        }),
        { numRuns: 150 },
      );
    },
  );
});
