import { basename, resolve } from 'node:path';
import {
  type Figure,
  type MetricsLine,
  openRun,
  type RunFailure,
  type RunRecord,
  type RunStore,
  readCheckpoint,
  readFailure,
  readMetrics,
} from '@aimle/training';

type Line<Kind extends MetricsLine['kind']> = Extract<MetricsLine, { kind: Kind }>;

export interface ReportedRun {
  /** The directory's name, which names the run among several. */
  readonly name: string;
  /** The session's sentence about its data; null before the first checkpoint. */
  readonly data: string | null;
  readonly record: RunRecord;
  readonly steps: readonly Line<'step'>[];
  readonly epochs: readonly Line<'epoch'>[];
  /** The latest test, or null. */
  readonly test: Line<'test'> | null;
  /** Why the run ended by an error, or null. */
  readonly failure: RunFailure | null;
  readonly figures: readonly Figure[];
}

/** Reads a run directory; a run in progress, or a killed one, is read up to its last line. */
export async function readReportedRun(folder: string): Promise<ReportedRun> {
  const { store, record } = await openRun(folder);
  const lines = readMetrics((await store.read('metrics.jsonl')) ?? new Uint8Array());
  const steps = lines.filter((line) => line.kind === 'step');
  const epochs = lines.filter((line) => line.kind === 'epoch');
  const test = lines.findLast((line) => line.kind === 'test') ?? null;
  const [data, figures, failure] = await Promise.all([
    readData(store),
    readFigures(store),
    readFailure(store),
  ]);
  return { name: basename(resolve(folder)), record, data, steps, epochs, test, failure, figures };
}

async function readData(store: RunStore): Promise<string | null> {
  const path = 'checkpoints/last.safetensors';
  const bytes = await store.read(path);
  if (bytes === null) return null;
  try {
    return (await readCheckpoint(bytes, path)).training?.progress.data ?? null;
  } catch {
    return null; // The page does not need the sentence; resuming the run reports a damaged checkpoint.
  }
}

async function readFigures(store: RunStore): Promise<Figure[]> {
  const bytes = await store.read('figures.json');
  if (bytes === null) return [];
  let figures: unknown;
  try {
    figures = JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw new Error(`report: ${store.name}/figures.json is not JSON; delete it for a page without pictures`, {
      cause,
    });
  }
  if (!Array.isArray(figures)) {
    throw new Error(
      `report: ${store.name}/figures.json must hold a list of figures; delete it for a page without pictures`,
    );
  }
  return figures;
}
