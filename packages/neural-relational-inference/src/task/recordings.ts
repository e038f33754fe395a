import type { TaskContext } from '@aimle/training';
import { splitKey } from '../graphLayout/dataset.js';
import { readGraphLayout, type Split } from '../graphLayout/files.js';
import { simulateInThreads } from '../graphLayout/simulateInThreads.js';
import type { Motions } from '../motion/motions.js';
import type { RelationalConfig } from './config.js';

/** Which recordings a run sees, and one sentence that says so. */
export interface Recordings {
  readonly train: Motions;
  readonly validation: Motions | null;
  readonly test: Motions;
  readonly sentence: string;
}

/** Reads or simulates what the configuration asks for: the same recordings for every seed of the run. */
export async function loadRecordings(config: RelationalConfig, context: TaskContext): Promise<Recordings> {
  const { trainCount, validationCount, testCount, frames, vertices, data } = config;
  const load = (split: Split, count: number): Promise<Motions> =>
    data === 'files' ? fromFiles(config, context, split, count) : simulated(config, context, split, count);
  const train = await load('train', trainCount);
  const validation = validationCount > 0 ? await load('valid', validationCount) : null;
  const test = await load('test', testCount);
  const origin = data === 'files' ? 'graph layouts from files' : 'graph layouts of our own generator';
  const held = validation === null ? 'no validation set' : `${validationCount} for validation`;
  const sentence =
    `${origin}, ${vertices} vertices, ${frames} frames: ${trainCount} recordings to train on, ${held}, ` +
    `${testCount} to test on`;
  return { train, validation, test, sentence };
}

function simulated(
  { frames, vertices }: RelationalConfig,
  { signal }: TaskContext,
  split: Split,
  count: number,
): Promise<Motions> {
  // A thread costs more to start than a few thousand simulations.
  const threads = count < 20_000 ? { threads: 1 } : {};
  return simulateInThreads({
    count,
    key: splitKey(split),
    frames,
    vertices,
    ...threads,
    ...(signal && { signal }),
  });
}

async function fromFiles(
  { frames, vertices }: RelationalConfig,
  { folder }: TaskContext,
  split: Split,
  count: number,
): Promise<Motions> {
  const motions = await readGraphLayout(folder, split, frames, vertices);
  if (motions === null) {
    throw new Error(
      `nri: the recordings of ${vertices} vertices and ${frames} frames are not in ${folder}; run ` +
        '`aimle data get graph-layout`, or take data simulated, which needs no files',
    );
  }
  if (motions.frames !== frames || motions.vertices !== vertices) {
    throw new RangeError(
      `nri: the file of ${split} must have ${frames} frames of ${vertices} vertices, as its name says, ` +
        `got ${motions.frames} of ${motions.vertices}`,
    );
  }
  if (count > motions.count) {
    throw new RangeError(
      `nri: the file of ${split} has ${motions.count} recordings, and the run asks for ${count}`,
    );
  }
  const size = frames * motions.dimensions * vertices;
  return {
    ...motions,
    count,
    positions: motions.positions.subarray(0, count * size),
    edges: motions.edges!.subarray(0, count * vertices ** 2),
  };
}
