import type { MetricsLine } from '../contracts/progress.js';
import type { RunStore } from './store.js';

const path = 'metrics.jsonl';
const newline = 10;
const encoder = new TextEncoder();

/**
 * Reads the bytes of a `metrics.jsonl`. A last line without its line end is what a kill leaves behind; it is left out.
 *
 * @throws An error that names the line when one in the middle is not JSON.
 * @example
 * ```ts
 * import { readMetrics } from '@aimle/training';
 *
 * const bytes = new TextEncoder().encode('{"kind":"step","step":1,"epoch":1,"loss":3,"seconds":0}\n{"ki');
 * readMetrics(bytes).length; // => 1
 * ```
 */
export function readMetrics(bytes: Uint8Array): MetricsLine[] {
  const text = new TextDecoder().decode(wholeLines(bytes, bytes.length));
  return text
    .split('\n')
    .slice(0, -1)
    .map((line, index) => {
      try {
        return JSON.parse(line);
      } catch (cause) {
        throw new Error(`${path}: line ${index + 1} is not JSON: ${line.slice(0, 80)}`, { cause });
      }
    });
}

/** Appends lines to `metrics.jsonl`; they reach the store when it is flushed. */
export interface MetricsLog {
  /** The file's length in bytes once everything is flushed. */
  readonly length: number;
  append(line: MetricsLine): void;
  /** Hands the lines to the store. */
  flush(): Promise<void>;
  /** Hands the lines to the store and waits until they are on the disk. */
  settle(): Promise<void>;
}

/**
 * Opens the log to go on at `length` bytes; whatever lies beyond is cut off, and so is a torn line before it. With
 * fewer bytes than that in the file, lines were lost; the log goes on after what is left.
 */
export async function openMetrics(store: RunStore, at: number): Promise<MetricsLog> {
  const found = (await store.read(path)) ?? new Uint8Array();
  const kept = wholeLines(found, at);
  if (kept.length < found.length) await store.write(path, kept);
  let length = kept.length;
  let pending: Uint8Array[] = [];

  async function flush(): Promise<void> {
    if (pending.length === 0) return;
    const bytes = concatenated(pending);
    pending = [];
    await store.append(path, bytes);
  }

  return {
    get length() {
      return length;
    },
    append(line) {
      const bytes = encoder.encode(`${JSON.stringify(line)}\n`);
      pending.push(bytes);
      length += bytes.length;
    },
    flush,
    async settle() {
      await flush();
      if (length > 0) await store.flush(path);
    },
  };
}

/** The part of the first `limit` bytes that ends with a line end. */
function wholeLines(bytes: Uint8Array, limit: number): Uint8Array {
  const end = Math.min(limit, bytes.length);
  return bytes.subarray(0, end === 0 ? 0 : bytes.lastIndexOf(newline, end - 1) + 1);
}

/** One array with the bytes of all parts, in order. */
export function concatenated(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
