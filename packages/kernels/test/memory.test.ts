import { beforeEach, describe, expect, test } from 'vitest';
import { Memory } from '../src/memory.js';

const PAGE = 65_536;

/** What Memory uses of a WebAssembly.Memory: a buffer that growing replaces. */
function pages(count: number) {
  return {
    buffer: new ArrayBuffer(count * PAGE),
    grow(more: number) {
      const grown = new ArrayBuffer(this.buffer.byteLength + more * PAGE);
      new Uint8Array(grown).set(new Uint8Array(this.buffer));
      this.buffer = grown;
      return 0;
    },
  };
}

let memory: Memory;
beforeEach(() => {
  memory = new Memory(pages(1), 1001);
});

describe('Memory', () => {
  test('keeps regions apart, aligned, and behind what the module uses itself', () => {
    const [first, second] = [memory.keep(100), memory.keep(8)];
    expect(first).toBeGreaterThanOrEqual(1001);
    expect(second).toBeGreaterThanOrEqual(first + 100);
    expect([first % 16, second % 16]).toEqual([0, 0]);
  });

  test('grows, and keeps what was written', () => {
    const at = memory.keep(8);
    memory.doubles(at, 1)[0] = 7;
    const large = memory.keep(5 * PAGE);
    memory.floats(large + 5 * PAGE - 4, 1)[0] = 3;
    expect([memory.doubles(at, 1)[0], memory.floats(large + 5 * PAGE - 4, 1)[0]]).toEqual([7, 3]);
  });

  test('is as before after it could not grow', () => {
    const refusing = pages(1);
    const limited = new Memory(refusing, 1001);
    const [kept, scratch] = [limited.keep(8), limited.scratch(64)];
    const grow = refusing.grow;
    refusing.grow = () => {
      throw new RangeError('Maximum memory size exceeded');
    };
    expect(() => limited.keep(PAGE)).toThrow('exceeded');
    expect(() => limited.scratch(2 * PAGE)).toThrow('exceeded');
    expect(limited.scratch(64)).toBe(scratch);
    expect(limited.keep(8)).toBeLessThan(PAGE);
    refusing.grow = grow;
    limited.floats(limited.scratch(2 * PAGE), PAGE / 2).fill(1);
    expect(limited.doubles(kept, 1)[0]).toBe(0);
  });

  test('gives the same scratch room again, which grows in place where nothing lies behind', () => {
    const at = memory.scratch(1000);
    expect(memory.scratch(10)).toBe(at);
    expect(memory.scratch(100_000)).toBe(at);
    memory.floats(at, 25_000).fill(1);
    const kept = memory.keep(8);
    expect(kept).toBeGreaterThanOrEqual(at + 100_000);
    expect(memory.doubles(kept, 1)[0]).toBe(0);
    expect(memory.scratch(100_000)).toBe(at);
    expect(memory.scratch(100_001)).toBeGreaterThan(kept);
  });

  test('copies a table once', () => {
    const table = Float64Array.of(1, 2, 3);
    const at = memory.table(table);
    expect(memory.table(table)).toBe(at);
    expect(memory.doubles(at, 3)).toEqual(table);
    expect(memory.table(table.slice())).not.toBe(at);
  });

  test('gives the place of the oldest table of the same length to the 33rd', () => {
    const tables = Array.from({ length: 33 }, (_, i) => Float64Array.of(i, i));
    const places = tables.map((table) => memory.table(table));
    expect(places[32]).toBe(places[0]);
    expect(new Set(places).size).toBe(32);
    expect(memory.doubles(places[32]!, 2)).toEqual(tables[32]);
    expect(memory.table(Float64Array.of(1, 2, 3))).not.toBe(places[1]);
  });
});
