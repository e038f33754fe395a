import { foldIn, key, randomPermutation } from '@aimle/random';
import { contentMark, RequestError, type TaskContext } from '@aimle/training';
import { truthOf } from '../choice/structures.js';
import { splitKey } from '../graphLayout/dataset.js';
import { readGraphLayout, type Split } from '../graphLayout/files.js';
import { simulateInThreads } from '../graphLayout/simulateInThreads.js';
import type { Motions } from '../motion/motions.js';
import { readRecordings } from '../motion/recordingsFile.js';
import { onOwnRecordings, type RelationalConfig } from './settings.js';

export interface Recordings {
  readonly train: Motions;
  readonly validation: Motions | null;
  readonly test: Motions;
  readonly description: string;
}

/** Reads or simulates the recordings of a configuration. They do not depend on the run's seed. */
export async function loadRecordings(config: RelationalConfig, context: TaskContext): Promise<Recordings> {
  if (onOwnRecordings(config)) return splitRecordings(config);
  const { trainCount, validationCount, testCount, frames, vertices, data } = config;
  const load = (split: Split, count: number): Promise<Motions> =>
    data === 'files' ? fromFiles(config, context, split, count) : simulated(config, context, split, count);
  const train = await load('train', trainCount);
  const validation = validationCount > 0 ? await load('valid', validationCount) : null;
  const test = await load('test', testCount);
  const origin = data === 'files' ? 'graph layouts from files' : 'graph layouts of our own generator';
  const held = validation === null ? 'no validation set' : `${validationCount} for validation`;
  const description =
    `${origin}, ${vertices} vertices, ${frames} frames: ${trainCount} recordings to train on, ${held}, ` +
    `${testCount} to test on`;
  return { train, validation, test, description };
}

function simulated(
  { frames, vertices }: RelationalConfig,
  { signal }: TaskContext,
  split: Split,
  count: number,
): Promise<Motions> {
  // Starting a thread takes longer than a few thousand simulations.
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
        '`aimle data get graph-layout`, or use data simulated, which needs no files',
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

/** Splits your own recordings with a fixed key: a tenth to test on, a tenth for validation, the rest to train on. */
async function splitRecordings(config: RelationalConfig): Promise<Recordings> {
  const { data, edges = null, structure, trainCount, validationCount, testCount, batchSize } = config;
  const { motions: all } = await readRecordings(data, edges, truthOf(structure));
  const tenth = Math.max(1, Math.floor(all.count / 10));
  const [tested, validated] = [Math.min(testCount, tenth), Math.min(validationCount, tenth)];
  const left = Math.min(trainCount, all.count - tenth - (validationCount > 0 ? tenth : 0));
  if (left < batchSize) {
    throw new RequestError(
      `nri: batchSize must be at most the ${Math.max(0, left)} recordings that are left to train on of ${all.count} in ` +
        `${data}, got ${batchSize}; --set batchSize=N makes it smaller`,
    );
  }
  const order = randomPermutation(foldIn(key(0), 'recordings'), all.count);
  const part = (from: number, count: number) => chosen(all, order.subarray(from, from + count));
  const known = all.edges === null ? 'their edges not known' : 'their edges known';
  const mark = await contentMark([all.positions, ...(all.edges === null ? [] : [all.edges])]);
  const held = validated === 0 ? 'no validation set' : `${validated} for validation`;
  return {
    test: part(0, tested),
    validation: validated === 0 ? null : part(tenth, validated),
    train: part(all.count - left, left),
    description:
      `your own recordings, ${all.vertices} vertices, ${all.frames} frames, ${known} (${mark}): ${left} to train on, ` +
      `${held}, ${tested} to test on`,
  };
}

/** Picks recordings by index. */
function chosen(motions: Motions, indices: Int32Array): Motions {
  const gather = <A extends Float32Array | Uint8Array>(values: A, into: A): A => {
    const size = values.length / motions.count;
    indices.forEach((from, to) => {
      into.set(values.subarray(from * size, (from + 1) * size), to * size);
    });
    return into;
  };
  const { count, positions, edges } = motions;
  return {
    ...motions,
    count: indices.length,
    positions: gather(positions, new Float32Array((positions.length / count) * indices.length)),
    edges: edges && gather(edges, new Uint8Array((edges.length / count) * indices.length)),
  };
}
