import fc from 'fast-check';
import { gzipSync, unzipSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import {
  FormatError,
  type NpyArray,
  readIdx,
  readNpy,
  readNpz,
  readSafetensors,
  type SafetensorsTensor,
  writeIdx,
  writeNpy,
  writeNpz,
  writeSafetensors,
} from '../src/index.js';

const shape = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 4 });
const sizeOf = (sides: readonly number[]): number => sides.reduce((product, side) => product * side, 1);
const bytesOfLength = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });

/** Any bit pattern at all, NaN payloads included. */
function elements<Data>(array: new (buffer: ArrayBuffer) => Data, width: number, count: number) {
  return bytesOfLength(width * count).map((bytes) => new array(new Uint8Array(bytes).buffer));
}

const arrays = {
  4: Float32Array,
  8: Float64Array,
} as const;

function npyArray(): fc.Arbitrary<NpyArray> {
  return shape.chain((sides) => {
    const count = sizeOf(sides);
    return fc.oneof(
      elements(arrays[4], 4, count).map((data): NpyArray => ({ dtype: 'f4', shape: sides, data })),
      elements(arrays[8], 8, count).map((data): NpyArray => ({ dtype: 'f8', shape: sides, data })),
      elements(Int32Array, 4, count).map((data): NpyArray => ({ dtype: 'i4', shape: sides, data })),
      elements(BigInt64Array, 8, count).map((data): NpyArray => ({ dtype: 'i8', shape: sides, data })),
      elements(Int8Array, 1, count).map((data): NpyArray => ({ dtype: 'i1', shape: sides, data })),
      elements(Int16Array, 2, count).map((data): NpyArray => ({ dtype: 'i2', shape: sides, data })),
      elements(Uint16Array, 2, count).map((data): NpyArray => ({ dtype: 'u2', shape: sides, data })),
      elements(Uint32Array, 4, count).map((data): NpyArray => ({ dtype: 'u4', shape: sides, data })),
      elements(BigUint64Array, 8, count).map((data): NpyArray => ({ dtype: 'u8', shape: sides, data })),
      elements(Uint8Array, 1, count).map((data): NpyArray => ({ dtype: 'u1', shape: sides, data })),
      elements(Uint8Array, 1, count).map((data): NpyArray => ({ dtype: 'bool', shape: sides, data })),
    );
  });
}

function tensor(): fc.Arbitrary<SafetensorsTensor> {
  return npyArray().map((array) => {
    const dtype =
      array.dtype === 'bool' ? 'BOOL' : `${array.dtype[0]!.toUpperCase()}${8 * Number(array.dtype[1])}`;
    return { ...array, dtype } as SafetensorsTensor;
  });
}

const text = (bytes: Uint8Array): string => new TextDecoder('latin1').decode(bytes);
const latin1 = (string: string): Uint8Array => Uint8Array.from(string, (letter) => letter.charCodeAt(0));

/** A .npy file by hand, so that the reader is not tested by the writer alone. */
function npy(dictionary: string, body: Uint8Array, version = 1): Uint8Array {
  const length = [dictionary.length & 0xff, dictionary.length >> 8, ...(version === 1 ? [] : [0, 0])];
  return Uint8Array.of(0x93, ...latin1('NUMPY'), version, 0, ...length, ...latin1(dictionary), ...body);
}

/** A safetensors file by hand. */
function safetensors(header: string, body: Uint8Array = new Uint8Array(0)): Uint8Array {
  const json = new TextEncoder().encode(header);
  const bytes = new Uint8Array(8 + json.length + body.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(json.length), true);
  bytes.set(json, 8);
  bytes.set(body, 8 + json.length);
  return bytes;
}

describe('idx', () => {
  const image = writeIdx({ shape: [2, 2, 2], data: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8) });

  it('reads what it wrote, gzipped or not', () => {
    fc.assert(
      fc.property(
        fc
          .array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 4 })
          .chain((sides) => fc.tuple(fc.constant(sides), bytesOfLength(sizeOf(sides)))),
        ([sides, data]) => {
          const bytes = writeIdx({ shape: sides, data: new Uint8Array(data) });
          expect(readIdx(bytes)).toEqual({ shape: sides, data: new Uint8Array(data) });
          expect(readIdx(gzipSync(bytes))).toEqual({ shape: sides, data: new Uint8Array(data) });
        },
      ),
    );
  });

  it('says which file is cut short, wherever the cut is', () => {
    for (let length = 0; length < image.length; length++) {
      expect(() => readIdx(image.subarray(0, length), 'train.idx')).toThrow(/^train\.idx: /);
      expect(() => readIdx(image.subarray(0, length))).toThrow(FormatError);
    }
    expect(() => readIdx(image.subarray(0, 20), 'train.idx')).toThrow(
      'train.idx: shape [2, 2, 2] needs 8 bytes, got 4: it is cut short',
    );
  });

  it('says which gzip is cut short, wherever the cut is', () => {
    const packed = gzipSync(image);
    for (let length = 2; length < packed.length; length++) {
      expect(() => readIdx(packed.subarray(0, length), 'train.idx.gz')).toThrow(/^train\.idx\.gz: /);
    }
  });

  it('notices any changed bit of gzipped data', () => {
    const packed = gzipSync(image);
    for (let at = 10; at < packed.length; at++) {
      for (let bit = 0; bit < 8; bit++) {
        const changed = packed.slice();
        changed[at] = changed[at]! ^ (1 << bit);
        let read: unknown;
        try {
          read = readIdx(changed, 'x');
        } catch (error) {
          expect(error).toBeInstanceOf(FormatError);
          continue;
        }
        expect(read, `byte ${at} bit ${bit}`).toEqual(readIdx(image));
      }
    }
  });

  it('rejects a gzip that claims more bytes than it holds', () => {
    const packed = gzipSync(image);
    packed.fill(0xff, packed.length - 4);
    expect(() => readIdx(packed, 'x')).toThrow('its contents do not match their CRC-32');
  });

  it('joins the members of a gzip, and checks each of them', () => {
    const parts = [image.subarray(0, 5), new Uint8Array(0), image.subarray(5, 17), image.subarray(17)];
    const members = parts.map((part) => gzipSync(part, { filename: 'part' }));
    const packed = Uint8Array.from(members.flatMap((member) => [...member]));
    expect(readIdx(packed)).toEqual(readIdx(image));
    const ends = members.map((_, i) => members.slice(0, i + 1).reduce((sum, { length }) => sum + length, 0));
    for (const end of ends) {
      const changed = packed.slice();
      changed[end - 6]! ^= 1;
      expect(() => readIdx(changed, 'x')).toThrow(/^x: gzip data is cut short or corrupt: its contents/);
    }
    for (let length = 0; length < packed.length; length++) {
      expect(() => readIdx(packed.subarray(0, length), 'x')).toThrow(FormatError);
    }
    for (const tail of [1, 3, 4, 20]) {
      expect(() => readIdx(Uint8Array.of(...packed, ...Array(tail).fill(7)), 'x')).toThrow(FormatError);
    }
  });

  it('distinguishes another kind of file from a damaged one', () => {
    expect(() => readIdx(latin1('<html>'), 'x')).toThrow('x: an idx file begins with 0, 0, got 60, 104');
    expect(() => readIdx(Uint8Array.of(0, 0, 13, 1, 0, 0, 0, 0), 'x')).toThrow('got type 13');
    expect(() => readIdx(Uint8Array.of(0, 0, 8, 200, 0, 0, 0, 0), 'x')).toThrow('claims 200 sides');
    expect(() => readIdx(Uint8Array.of(0, 0, 8, 0, 1), 'x')).toThrow('claims 0 sides');
    expect(() => readIdx(Uint8Array.of(...image, 9), 'x')).toThrow('got 9: it has trailing bytes');
  });

  it('refuses to write a shape that does not fit', () => {
    expect(() => writeIdx({ shape: [3], data: new Uint8Array(2) })).toThrow(
      'writeIdx: data must have the 3 elements of shape [3], got 2',
    );
    expect(() => writeIdx({ shape: [], data: new Uint8Array(1) })).toThrow('1 to 255 sides');
    expect(() => writeIdx({ shape: [-1], data: new Uint8Array(1) })).toThrow(
      'integers of at least 0, got [-1]',
    );
  });
});

describe('npy', () => {
  it('reads what it wrote, bit for bit', () => {
    fc.assert(
      fc.property(npyArray(), (array) => {
        expect(readNpy(writeNpy(array))).toEqual(array);
      }),
    );
  });

  it('writes the header that NumPy writes, and aligns the elements', () => {
    const bytes = writeNpy({ dtype: 'f4', shape: [3], data: new Float32Array(3) });
    expect(text(bytes.subarray(10, 128))).toBe(
      `${"{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }".padEnd(117)}\n`,
    );
    expect(bytes.length).toBe(128 + 12);
  });

  it('reads headers of all versions, with the entries in any order', () => {
    const body = Uint8Array.of(1, 2, 3, 4, 5, 6);
    const dictionary = "{'shape': (2, 3), 'fortran_order': False, 'descr': '|u1'}\n";
    for (const version of [1, 2, 3]) {
      expect(readNpy(npy(dictionary, body, version))).toEqual({ dtype: 'u1', shape: [2, 3], data: body });
    }
  });

  it('turns Fortran order to C order', () => {
    const sides = [2, 3, 4];
    const fortran = new Uint8Array(24);
    const rowsFirst = new Uint8Array(24);
    for (let i = 0; i < 2; i++)
      for (let j = 0; j < 3; j++)
        for (let k = 0; k < 4; k++) {
          fortran[i + 2 * (j + 3 * k)] = 100 * i + 10 * j + k;
          rowsFirst[4 * (3 * i + j) + k] = 100 * i + 10 * j + k;
        }
    const file = npy(`{'descr': '|u1', 'fortran_order': True, 'shape': (${sides.join(', ')}), }`, fortran);
    expect(readNpy(file)).toEqual({ dtype: 'u1', shape: sides, data: rowsFirst });
  });

  it.each<[string, number[], ArrayLike<number | bigint>]>([
    ['|i1', [0xff, 2], Int8Array.of(-1, 2)],
    ['<i2', [0xfe, 0xff], Int16Array.of(-2)],
    ['>i2', [0xff, 0xfe], Int16Array.of(-2)],
    ['>u2', [1, 0, 0, 2], Uint16Array.of(256, 2)],
    ['<u4', [0, 0, 0, 0x80], Uint32Array.of(2 ** 31)],
    ['>i4', [0, 0, 1, 2], Int32Array.of(258)],
    ['<u8', Array(8).fill(255), BigUint64Array.of(2n ** 64n - 1n)],
    ['>i8', [...Array(7).fill(255), 254], BigInt64Array.of(-2n)],
    ['>f4', [0x3f, 0xc0, 0, 0], Float32Array.of(1.5)],
    ['>f8', [0xbf, 0xf8, 0, 0, 0, 0, 0, 0], Float64Array.of(-1.5)],
    ['>f2', [0x3e, 0], Float32Array.of(1.5)],
  ])('reads elements of %s', (description, bytes, data) => {
    const file = npy(
      `{'descr': '${description}', 'fortran_order': False, 'shape': (${data.length},), }`,
      Uint8Array.from(bytes),
    );
    expect(readNpy(file).data).toEqual(data);
  });

  it('widens half floats, infinities and subnormals included', () => {
    const halves = Uint16Array.of(0x3c00, 0xc000, 0x7bff, 0x0001, 0x8000, 0x7c00, 0xfc00, 0x7e00, 0x3555);
    const file = npy(
      "{'descr': '<f2', 'fortran_order': False, 'shape': (9,), }",
      new Uint8Array(halves.buffer),
    );
    expect(Array.from(readNpy(file).data as Float32Array)).toEqual([
      1,
      -2,
      65504,
      2 ** -24,
      -0,
      Infinity,
      -Infinity,
      NaN,
      0.333251953125,
    ]);
  });

  it('says which file is cut short, wherever the cut is', () => {
    const bytes = writeNpy({ dtype: 'i8', shape: [2], data: BigInt64Array.of(1n, -1n) });
    for (let length = 0; length < bytes.length; length++) {
      expect(() => readNpy(bytes.subarray(0, length), 'x.npy')).toThrow(/^x\.npy: .*(cut short|claims)/);
    }
    expect(() => readNpy(Uint8Array.of(...bytes, 0), 'x.npy')).toThrow('got 17: it has trailing bytes');
  });

  it('refuses unknown headers, and says why', () => {
    const header = (dictionary: string) => () => readNpy(npy(dictionary, new Uint8Array(0)), 'x');
    expect(header("{'descr': '<c8', 'fortran_order': False, 'shape': (0,), }")).toThrow(
      'got <c8; convert with astype()',
    );
    expect(header("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (0,), }")).toThrow(
      'structured arrays',
    );
    expect(header("{'descr': '<f4', 'fortran_order': False}")).toThrow('must be a dictionary of descr');
    expect(header("{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': ()}")).toThrow(
      FormatError,
    );
    expect(header("{'descr': '<f4', 'fortran_order': 'no', 'shape': (0,)}")).toThrow(FormatError);
    expect(header("{'descr': '<f4', 'fortran_order': False, 'shape': (-1,)}")).toThrow(FormatError);
    expect(header("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999, 99999999999)}")).toThrow(
      'too large',
    );
    expect(header('import os')).toThrow('got import os');
    expect(() => readNpy(npy('', new Uint8Array(0), 4), 'x')).toThrow(
      'versions 1 to 3 of the npy format can be read, got 4',
    );
  });

  it('refuses a long header in linear time and a short message', () => {
    const long = (letters: string) => letters.repeat(3e5 / letters.length);
    for (const shape of [`(1,${long(' ')}x)`, `(${long('1')}x)`, `(${long('1,')})`, `(${long(', ')})`]) {
      const dictionary = `{'descr': '<f4', 'fortran_order': False, 'shape': ${shape}, }\n`;
      const head = Uint8Array.of(0x93, ...latin1('NUMPY'), 2, 0, 0, 0, 0, 0);
      new DataView(head.buffer).setUint32(8, dictionary.length, true);
      const bytes = new Uint8Array(head.length + dictionary.length);
      bytes.set(head);
      bytes.set(latin1(dictionary), head.length);
      expect(() => readNpy(bytes, 'x')).toThrow(/^x: .{1,200}$/);
      expect(() => readNpy(bytes, 'x')).toThrow(FormatError);
    }
  });

  it('refuses to write what does not fit', () => {
    const wrong = { dtype: 'f4', shape: [1], data: new Float64Array(1) } as unknown as NpyArray;
    expect(() => writeNpy(wrong)).toThrow('writeNpy: data of f4 must be a Float32Array, got Float64Array');
    expect(() => writeNpy({ dtype: 'f2', shape: [1], data: new Float32Array(1) })).toThrow('got f2');
    expect(() => writeNpy({ dtype: 'f4', shape: [2], data: new Float32Array(1) })).toThrow('2 elements');
  });
});

describe('npz', () => {
  it('reads what it wrote, and stored zips as well', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), npyArray()), (dictionary) => {
        const named = new Map(Object.entries(dictionary));
        const bytes = writeNpz(named);
        expect(readNpz(bytes)).toEqual(named);
        expect(readNpz(zipSync(unzipSync(bytes), { level: 0 }))).toEqual(named);
        expect(writeNpz(named)).toEqual(bytes);
      }),
      { numRuns: 30 },
    );
  });

  it('notices any changed bit of the arrays, whatever their names', () => {
    const array: NpyArray = { dtype: 'u1', shape: [3], data: Uint8Array.of(1, 2, 3) };
    const bytes = zipSync({ '10': writeNpy(array), 'é.npy': writeNpy(array) }, { level: 0 });
    expect([...readNpz(bytes).keys()]).toEqual(['10', 'é']);
    const body = text(bytes).indexOf('\x93NUMPY');
    for (let at = body; at < body + 131; at++) {
      for (let bit = 0; bit < 8; bit++) {
        const changed = bytes.slice();
        changed[at]! ^= 1 << bit;
        expect(() => readNpz(changed, 'x')).toThrow('x: 10: its contents do not match their CRC-32');
      }
    }
  });

  it('refuses a changed directory, and two arrays of one name', () => {
    const x = writeNpy({ dtype: 'u1', shape: [0], data: new Uint8Array(0) });
    const bytes = zipSync({ 'x.npy': x, 'y.npy': x });
    const directory = text(bytes).indexOf('PK\x01\x02');
    const changed = bytes.slice();
    changed[directory]! ^= 1;
    expect(() => readNpz(changed, 'a.npz')).toThrow('a.npz: the directory of the zip is corrupt');
    bytes[text(bytes).lastIndexOf('y.npy')] = 'x'.charCodeAt(0);
    expect(() => readNpz(bytes, 'a.npz')).toThrow('a.npz: the zip has x.npy twice');
  });

  it('names the file, and the array in it that is damaged', () => {
    const bytes = writeNpz(new Map([['x', { dtype: 'f4', shape: [1], data: Float32Array.of(1) }]]));
    expect(() => readNpz(bytes.subarray(0, bytes.length - 10), 'a.npz')).toThrow(
      /^a\.npz: not a zip file, cut short/,
    );
    expect(() => readNpz(zipSync({ 'x.npy': latin1('no') }), 'a.npz')).toThrow(
      /^a\.npz: x\.npy: a npy file begins with/,
    );
  });
});

describe('safetensors', () => {
  const name = fc.string({ maxLength: 12 }).filter((each) => each !== '__metadata__');
  const four = new Uint8Array(4);
  const entry = (from: number, to: number, sides = '[1]') =>
    `{"dtype":"F32","shape":${sides},"data_offsets":[${from},${to}]}`;
  const reading = (header: string, body?: Uint8Array) => () =>
    readSafetensors(safetensors(header, body), 'x');

  it('reads what it wrote, bit for bit, whatever the names', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(name, tensor()), { maxLength: 6 }),
        fc.array(fc.tuple(fc.string(), fc.string()), { maxLength: 4 }),
        (named, strings) => {
          const tensors = new Map(named);
          const metadata = Object.fromEntries(strings);
          const read = readSafetensors(writeSafetensors(tensors, metadata));
          expect(read.tensors).toEqual(tensors);
          expect([...read.tensors.keys()]).toEqual([...tensors.keys()]);
          expect(read.metadata).toEqual(metadata);
        },
      ),
    );
  });

  it('keeps a tensor whose name means something to JavaScript', () => {
    const tensors = new Map<string, SafetensorsTensor>(
      ['__proto__', 'constructor', '0'].map((each) => [
        each,
        { dtype: 'U8', shape: [1], data: Uint8Array.of(7) },
      ]),
    );
    expect(readSafetensors(writeSafetensors(tensors)).tensors).toEqual(tensors);
  });

  it('keeps the order of names that are whole numbers', () => {
    const names = ['b', '10', '2'];
    const header = `{${names.map((each, i) => `"${each}":${entry(4 * i, 4 * i + 4)}`).join(',')}}`;
    const { tensors } = readSafetensors(safetensors(header, new Uint8Array(12)));
    expect([...tensors.keys()]).toEqual(names);
    expect([...readSafetensors(writeSafetensors(tensors)).tensors.keys()]).toEqual(names);
  });

  it('refuses a header that nests deeply or is long, in a short message', () => {
    for (const value of ['['.repeat(100_000) + ']'.repeat(100_000), `"${'x'.repeat(100_000)}"`]) {
      for (const header of [`{"a":${value}}`, `{"a":{"x":${value}}}`, `{"a":{"${'x'.repeat(1e5)}":1}}`]) {
        expect(reading(header)).toThrow(/^x: .{1,200}$/);
        expect(reading(header)).toThrow(FormatError);
      }
    }
  });

  it('aligns every tensor to its elements', () => {
    const bytes = writeSafetensors(
      new Map<string, SafetensorsTensor>([
        ['odd', { dtype: 'U8', shape: [3], data: new Uint8Array(3) }],
        ['wide', { dtype: 'F64', shape: [1], data: new Float64Array(1) }],
      ]),
    );
    const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
    expect(length % 8).toBe(0);
    const header = JSON.parse(text(bytes.subarray(8, 8 + length)));
    expect(header.wide.data_offsets).toEqual([0, 8]);
    expect(header.odd.data_offsets).toEqual([8, 11]);
  });

  it('widens half floats of both kinds', () => {
    const header =
      '{"h":{"dtype":"F16","shape":[1],"data_offsets":[0,2]},"b":{"dtype":"BF16","shape":[1],"data_offsets":[2,4]}}';
    const { tensors } = readSafetensors(safetensors(header, Uint8Array.of(0x00, 0x3e, 0xc0, 0xbf)));
    expect(tensors.get('h')).toEqual({ dtype: 'F16', shape: [1], data: Float32Array.of(1.5) });
    expect(tensors.get('b')).toEqual({ dtype: 'BF16', shape: [1], data: Float32Array.of(-1.5) });
  });

  it('says which file is cut short, wherever the cut is, or too long', () => {
    const bytes = writeSafetensors(
      new Map([['w', { dtype: 'F32', shape: [2], data: Float32Array.of(1, 2) }]]),
    );
    for (let length = 0; length < bytes.length; length++) {
      expect(() => readSafetensors(bytes.subarray(0, length), 'w.safetensors')).toThrow(
        /^w\.safetensors: .*cut short/,
      );
    }
    expect(() => readSafetensors(Uint8Array.of(...bytes, 0), 'x')).toThrow(
      'x: the tensors need 8 bytes of data, got 9: it has trailing bytes',
    );
  });

  it('refuses overlaps, gaps, and offsets that do not fit the shape', () => {
    expect(reading(`{"a":${entry(0, 4)},"b":${entry(0, 4)}}`, four)).toThrow(
      'b begins at 0, expected 4: it overlaps',
    );
    expect(reading(`{"a":${entry(4, 8)}}`, new Uint8Array(8))).toThrow(
      'a begins at 4, expected 0: it leaves a gap',
    );
    expect(reading(`{"a":${entry(0, 4, '[2]')}}`, four)).toThrow(
      'a, F32 [2], needs 8 bytes, got offsets 0 to 4',
    );
    expect(reading(`{"a":${entry(0, 8, '[2]')}}`, four)).toThrow(
      'need 8 bytes of data, got 4: it is cut short',
    );
    expect(reading(`{"a":${entry(4, 0)}}`, four)).toThrow(FormatError);
  });

  it('refuses a name given twice, escaped or not', () => {
    expect(reading(`{"a":${entry(0, 4)},"a":${entry(0, 4)}}`, four)).toThrow('the header has "a" twice');
    expect(reading(`{"a":${entry(0, 4)},"\\u0061":${entry(0, 4)}}`, four)).toThrow(
      'the header has "a" twice',
    );
    expect(reading('{"a":{"dtype":"U8","dtype":"F32","shape":[1],"data_offsets":[0,4]}}', four)).toThrow(
      '"dtype" twice',
    );
    expect(reading(`{"__metadata__":{"a":"\\"a\\":{","b":"}"},"a":${entry(0, 4)}}`, four)).not.toThrow();
  });

  it('finds the end of a string behind any number of backslashes', () => {
    for (const text of ['', '\\', '\\\\', '"', '\\"', '"\\', '\\"\\\\"{', '": {"a']) {
      const metadata = `"__metadata__":{${JSON.stringify(text)}:${JSON.stringify(text)}}`;
      expect(reading(`{${metadata},"a":${entry(0, 4)}}`, four)()).toMatchObject({
        metadata: { [text]: text },
      });
      expect(reading(`{${metadata},"a":${entry(0, 4)},"a" :0}`, four)).toThrow('the header has "a" twice');
    }
  });

  it('keeps a long text in its metadata, and refuses to write one that is too long to be read', () => {
    const text = '{"a":["\\""]}'.repeat(1_000_000);
    expect(readSafetensors(writeSafetensors(new Map(), { text })).metadata['text'] === text).toBe(true);
    expect(() => writeSafetensors(new Map(), { text: ' '.repeat(1e8) })).toThrow(
      'the header must have at most 100000000 bytes to be readable, got 100000032; shorten the metadata',
    );
  });

  it('refuses unknown headers, and says why', () => {
    expect(reading('{')).toThrow('x: the header is not JSON');
    expect(reading('[]')).toThrow('must be a JSON object');
    expect(reading(' {}')).toThrow('begin with {');
    expect(reading('{"__metadata__":{"a":1}}')).toThrow('__metadata__ must map strings to strings');
    expect(reading('{"a":null}')).toThrow('tensor a must have dtype, shape and data_offsets, got null');
    expect(reading('{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}', four)).toThrow(
      'tensor a must have',
    );
    expect(reading('{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"more":1}}', four)).toThrow(
      'tensor a must have',
    );
    expect(reading('{"a":{"dtype":"F8_E5M2","shape":[4],"data_offsets":[0,4]}}', four)).toThrow(
      'got F8_E5M2',
    );
    expect(reading('{"a":{"dtype":"toString","shape":[4],"data_offsets":[0,4]}}', four)).toThrow(
      'got toString',
    );
    const huge = safetensors('{}');
    new DataView(huge.buffer).setBigUint64(0, 2n ** 62n, true);
    expect(() => readSafetensors(huge, 'x')).toThrow('x: the header claims 4611686018427387904 bytes, got 2');
  });

  it('takes offsets beyond 2^27, as files of hundreds of megabytes have', () => {
    const side = 2 ** 27;
    expect(reading(`{"a":${entry(side, side + 4)}}`, four)).toThrow(`a begins at ${side}, expected 0`);
  });

  it('refuses to write what does not fit', () => {
    const write =
      (each: unknown, called = 'w') =>
      () =>
        writeSafetensors(new Map([[called, each as SafetensorsTensor]]));
    expect(write({ dtype: 'F32', shape: [1], data: [1] })).toThrow(
      'w of F32 must be a Float32Array, got Array',
    );
    expect(write({ dtype: 'F32', shape: [2], data: new Float32Array(1) })).toThrow(
      'w: data must have the 2 elements',
    );
    expect(write({ dtype: 'BF16', shape: [1], data: new Float32Array(1) })).toThrow('got BF16');
    expect(write({ dtype: 'U8', shape: [0], data: new Uint8Array(0) }, '__metadata__')).toThrow(
      'may be called __metadata__',
    );
  });
});
