import { parseJson } from '@aimle/datasets';
import { currentEngine } from '@aimle/engine';
import { RequestError } from '../errors.js';
import type { JsonValue } from '../json.js';
import { folderStore, type RunStore } from './runStore.js';

const format = 'aimle-run/1';
/** Files worth keeping: a folder with one of them is not reused. */
const runFiles = new Set([
  'metrics.jsonl',
  'checkpoints/last.safetensors',
  'checkpoints/previous.safetensors',
  'checkpoints/best.safetensors',
]);
const encoder = new TextEncoder();

/** Identifies an engine: with the same one, runs give the same numbers. */
export interface RunEngine {
  readonly name: string;
  readonly version: string;
  readonly threads: number;
}

export function engineInUse(): RunEngine {
  const { name, version, threads } = currentEngine();
  return { name, version, threads };
}

/** The circumstances under which a run was started or resumed. */
export interface RunStart {
  /** The command line, or null when a program called {@link trainTask}. */
  readonly command: string | null;
  readonly engine: RunEngine;
  /** How many workers shared each step. Absent in older runs, which had one. */
  readonly workers?: number;
  /** Steps done before. */
  readonly step: number;
  /** ISO 8601, UTC. */
  readonly time: string;
  readonly versions: Readonly<Record<string, string>>;
}

/** The contents of a run's `config.json`: how it was started, and each time it was resumed. */
export interface RunRecord extends RunStart {
  readonly format: string;
  readonly task: string;
  /** The task's title, for reports. */
  readonly title: string;
  /** The preset that the configuration came from, or null. */
  readonly preset: string | null;
  readonly config: { readonly [setting: string]: JsonValue };
  /** What a reader calls the settings and their values, where that is not the identifier. */
  readonly titles?: Readonly<Record<string, string>>;
  /** What each metric is, by name. */
  readonly meanings?: Readonly<Record<string, string>>;
  /** Settings that are not read, because of the values of others. */
  readonly unread?: readonly string[];
  /** The file whose weights the run began with; absent where it drew its own. */
  readonly init?: string;
  readonly resumed: readonly RunStart[];
}

/** An existing run: its store and its record. */
export interface Run {
  readonly store: RunStore;
  readonly record: RunRecord;
}

/**
 * Starts a run: writes `config.json`. {@link trainTask} does it for you.
 *
 * A folder whose run never reached its first checkpoint is reused; a `config.json` that is not a run's is never
 * overwritten.
 *
 * @param location The run directory, or a store.
 * @throws {@link RequestError} when the location already holds a run or another `config.json`, or cannot be written.
 * @example
 * ```ts
 * import { createRun, memoryStore } from '@aimle/training';
 *
 * const run = await createRun(memoryStore('scratch'), {
 *   task: 'line', title: 'A line', preset: null, config: { seed: 1 },
 *   command: null, engine: { name: 'cpu', version: '4.22.0', threads: 1 }, step: 0,
 *   time: new Date().toISOString(), versions: {},
 * });
 * await run.store.list(); // => ['config.json']
 * ```
 */
export async function createRun(
  location: string | RunStore,
  start: Omit<RunRecord, 'format' | 'resumed'>,
): Promise<Run> {
  const store = storeAt(location);
  const files = await store.list();
  if (files.some((path) => runFiles.has(path))) {
    throw new RequestError(
      `${store.name} already holds a run; resume it, or choose another folder for a new one`,
    );
  }
  const found = await store.read('config.json');
  if (found !== null && formatOf(parsed(found)) !== format) {
    throw new RequestError(
      `${store.name} holds a config.json that is not of a run of this version; choose another folder for the run`,
    );
  }
  const record: RunRecord = { format, ...start, resumed: [] };
  await writeRecord(store, record);
  return { store, record };
}

/**
 * Opens an existing run, to resume, evaluate or report it.
 *
 * @param location The run directory, or a store.
 * @throws {@link RequestError} when there is no run, or its `config.json` is invalid.
 * @example
 * ```ts
 * import { memoryStore, openRun, RequestError } from '@aimle/training';
 *
 * let error: unknown;
 * try {
 *   await openRun(memoryStore('scratch'));
 * } catch (thrown) {
 *   error = thrown;
 * }
 * error instanceof RequestError; // => true
 * ```
 */
export async function openRun(location: string | RunStore): Promise<Run> {
  const store = storeAt(location);
  const bytes = await store.read('config.json');
  if (bytes === null) {
    throw new RequestError(`${store.name} holds no run: there is no config.json in it; check the path`);
  }
  const record = parsed(bytes);
  if (record instanceof SyntaxError) {
    const problem = record.message.endsWith('twice') ? `has a fault: ${record.message}` : 'is not JSON';
    throw new RequestError(`${store.name}/config.json ${problem}; restore it from a copy`);
  }
  if (record?.format !== format) {
    throw new RequestError(
      `${store.name}/config.json must have the format "${format}", got ${JSON.stringify(record?.format)}; ` +
        'it was written by another program or by a newer version',
    );
  }
  const { task, config, resumed } = record;
  if (typeof task !== 'string' || !isObject(config) || !Array.isArray(resumed)) {
    throw new RequestError(
      `${store.name}/config.json must have the text "task", the object "config" and the list "resumed"; ` +
        'restore it from a copy',
    );
  }
  return { store, record };
}

export async function recordResumption({ store, record }: Run, start: RunStart): Promise<void> {
  await writeRecord(store, { ...record, resumed: [...record.resumed, start] });
}

function formatOf(record: RunRecord | null | SyntaxError): string | undefined {
  return record instanceof SyntaxError ? undefined : record?.format;
}

/** Parses a `config.json`; a SyntaxError where it is not JSON. Callers check its format first. */
function parsed(bytes: Uint8Array): RunRecord | null | SyntaxError {
  try {
    return parseJson(new TextDecoder().decode(bytes)) as RunRecord | null;
  } catch (error) {
    return error as SyntaxError;
  }
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function writeRecord(store: RunStore, record: RunRecord): Promise<void> {
  return store.write('config.json', encoder.encode(`${JSON.stringify(record, null, 2)}\n`));
}

export function storeAt(location: string | RunStore): RunStore {
  return typeof location === 'string' ? folderStore(location) : location;
}
