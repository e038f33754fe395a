import { parseJson } from '@aimle/datasets';
import { RequestError } from '../errors.js';
import type { RunStore } from '../run/runStore.js';
import { sha256Of } from '../sha256.js';

const path = 'metrics.jsonl';
const newline = 10;
const encoder = new TextEncoder();
const reserved = ['kind', 'step', 'epoch', 'loss', 'seconds'];

/** Named numbers; null where a value was not finite, because JSON has no NaN. */
export type Metrics = Readonly<Record<string, number | null>>;

/**
 * One line of `metrics.jsonl`. Steps and epochs count from 1: `step` is how many updates are done.
 *
 * - `step`: the batch's mean loss before the update, and the model's observations under their own names.
 * - `epoch`: means over the epoch's steps so far in `train`, the metrics of the split that the session monitors in
 *   `validation` or `test` (the other is null), and whether this became the best checkpoint. A run that ends inside an
 *   epoch closes with such a line too.
 * - `test`: the metrics in `test`, and which checkpoint they belong to.
 *
 * `seconds` is the only field that depends on time: seconds of training since the run began, over all resumptions.
 */
export type MetricsLine =
  | ({
      readonly kind: 'step';
      readonly step: number;
      readonly epoch: number;
      readonly loss: number;
      readonly seconds: number;
    } & { readonly [observation: string]: number | string | null })
  | {
      readonly kind: 'epoch';
      readonly step: number;
      readonly epoch: number;
      readonly train: Metrics;
      readonly validation: Metrics | null;
      readonly test: Metrics | null;
      readonly best: boolean;
      readonly seconds: number;
    }
  | {
      readonly kind: 'test';
      readonly step: number;
      readonly epoch: number;
      readonly checkpoint: 'best' | 'last';
      readonly test: Metrics;
      readonly seconds: number;
    };

/** Replaces non-finite values by null; returns null when nothing was measured. */
export function metricsOf(measured: Readonly<Record<string, number>>): Metrics | null {
  const entries = Object.entries(measured);
  if (entries.length === 0) return null;
  return Object.fromEntries(entries.map(([name, value]) => [name, Number.isFinite(value) ? value : null]));
}

/** Returns a model's observations as fields of a metrics line. Throws when one has the name of another field. */
export function observationFields(observations: Readonly<Record<string, number>>): Metrics {
  const taken = Object.keys(observations).find((name) => reserved.includes(name));
  if (taken !== undefined) {
    throw new Error(`observations() must not be named ${reserved.join(', ')}; rename "${taken}"`);
  }
  return metricsOf(observations) ?? {};
}

/**
 * Reads the bytes of a `metrics.jsonl`. A last line without its line end, which a kill leaves behind, is ignored.
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
        return parseJson(line) as MetricsLine;
      } catch (cause) {
        throw new Error(`${path}: line ${index + 1} is not JSON: ${line.slice(0, 80)}`, { cause });
      }
    });
}

export interface MetricsFile {
  /** The file's length in bytes once everything is flushed. */
  readonly length: number;
  append(line: MetricsLine): void;
  /** Writes the lines to the store. */
  flush(): Promise<void>;
  /** Writes the lines to the store, and to the disk. */
  sync(): Promise<void>;
}

/** Computes the SHA-256 of the first bytes of a store's metrics; null where there are fewer. */
export async function metricsDigest(store: RunStore, length: number): Promise<string | null> {
  const bytes = (await store.read(path)) ?? new Uint8Array();
  return bytes.length < length ? null : sha256Of(bytes.slice(0, length));
}

/** What a checkpoint of a step records of the metrics before it. */
interface RecordedMetrics {
  readonly metricsLength: number;
  readonly metricsSha256?: string;
  readonly step: number;
}

/** Checks that the metrics before a checkpoint are those that it recorded. Lost ones are for the caller to note. */
export async function requireSameMetrics(
  store: RunStore,
  { metricsLength, metricsSha256, step }: RecordedMetrics,
): Promise<void> {
  if (metricsSha256 === undefined) return; // written before checkpoints kept it
  const found = await metricsDigest(store, metricsLength);
  if (found === null || found === metricsSha256) return;
  throw new RequestError(
    `${store.name}/${path} was changed before its byte ${metricsLength}, where the checkpoint of step ${step} ends: its ` +
      `SHA-256 must be ${metricsSha256}, got ${found}; restore it from a copy, or delete it to continue without earlier metrics`,
  );
}

/** Opens the file to continue after its first `at` bytes, or at its end; what is torn or beyond is cut off. */
export async function openMetricsFile(store: RunStore, at: number): Promise<MetricsFile> {
  const found = (await store.read(path)) ?? new Uint8Array();
  const kept = wholeLines(found, at);
  if (kept.length < found.length) await store.write(path, kept);
  let length = kept.length;
  let pending = '';

  async function flush(): Promise<void> {
    if (pending === '') return;
    const bytes = encoder.encode(pending);
    pending = '';
    await store.append(path, bytes);
  }

  return {
    get length() {
      return length;
    },
    append(line) {
      const text = `${JSON.stringify(line)}\n`;
      pending += text;
      length += encoder.encode(text).length;
    },
    flush,
    async sync() {
      await flush();
      if (length > 0) await store.flush(path);
    },
  };
}

/** Returns the complete lines among the first `limit` bytes. */
function wholeLines(bytes: Uint8Array, limit: number): Uint8Array {
  const end = Math.min(limit, bytes.length);
  return bytes.subarray(0, end === 0 ? 0 : bytes.lastIndexOf(newline, end - 1) + 1);
}

export type MeansState = Readonly<Record<string, { readonly sum: number; readonly count: number }>>;

/** Running means of named numbers over the steps of an epoch. */
export class EpochMeans {
  readonly #sums: Map<string, { sum: number; count: number }>;

  constructor(state: MeansState = {}) {
    this.#sums = new Map(Object.entries(state).map(([name, entry]) => [name, { ...entry }]));
  }

  /** Adds `count` values that sum to `sum`; ignores a sum that is not finite. */
  add(name: string, sum: number, count = 1): void {
    if (!Number.isFinite(sum)) return;
    const entry = this.#sums.get(name);
    if (entry === undefined) {
      this.#sums.set(name, { sum, count });
    } else {
      entry.sum += sum;
      entry.count += count;
    }
  }

  values(): Metrics | null {
    if (this.#sums.size === 0) return null;
    return Object.fromEntries([...this.#sums].map(([name, { sum, count }]) => [name, sum / count]));
  }

  state(): MeansState {
    return Object.fromEntries([...this.#sums].map(([name, entry]) => [name, { ...entry }]));
  }
}
