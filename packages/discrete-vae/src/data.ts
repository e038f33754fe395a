import { digits, FormatError, type ImageSet, loadMnist } from '@aimle/datasets';
import { foldIn, key } from '@aimle/random';
import type { TaskContext } from '@aimle/training';
import type { DiscreteVaeConfig } from './settings.js';

export interface Splits {
  readonly train: ImageSet;
  readonly validation: ImageSet | null;
  readonly test: ImageSet;
  readonly description: string;
}

/** Loads the images. `auto` is MNIST from the data folder or a download, else generated digits, with a note. */
export async function loadSplits(config: DiscreteVaeConfig, context: TaskContext): Promise<Splits> {
  if (config.data === 'digits') return generated(config);
  try {
    return await mnist(config, context);
  } catch (problem) {
    // Damaged files are always an error.
    if (context.signal?.aborted) throw problem;
    if (config.data === 'mnist' || problem instanceof FormatError || problem instanceof RangeError)
      throw problem;
    const reason = problem instanceof Error ? problem.message : String(problem);
    context.note(`MNIST is not available, so the run uses generated digits instead. ${reason}`);
    return generated(config);
  }
}

async function mnist(config: DiscreteVaeConfig, { folder, note, signal }: TaskContext): Promise<Splits> {
  const begun = new Set<string>();
  const load = (split: 'train' | 'test'): Promise<ImageSet> =>
    loadMnist({
      folder,
      split,
      download: 'if-missing',
      ...(signal === undefined ? {} : { signal }),
      onProgress: ({ file, total }) => {
        if (begun.has(file)) return;
        begun.add(file);
        note(`Downloading ${file}, ${(total / 1e6).toFixed(1)} MB.`);
      },
    });
  const whole = await load('train');
  const test = part(await load('test'), 0, config.testCount, 'testCount');
  const { train, validation } = divide(whole, config);
  return { train, validation, test, description: description('MNIST', config) };
}

function generated(config: DiscreteVaeConfig): Splits {
  const origin = foldIn(key(config.seed), 'digits');
  const whole = digits({ count: config.trainCount + config.validationCount, key: foldIn(origin, 'train') });
  const test = digits({ count: config.testCount, key: foldIn(origin, 'test') });
  const { train, validation } = divide(whole, config);
  return {
    train,
    validation,
    test,
    description: description('digits drawn by our own generator, not MNIST', config),
  };
}

/** Describes the data. It must not depend on where the files came from, because a resumed run compares it. */
function description(name: string, config: DiscreteVaeConfig): string {
  const { trainCount, validationCount, testCount } = config;
  const heldOut = validationCount > 0 ? `${validationCount} for validation, ` : 'no validation set, ';
  return `${name}: ${trainCount} images to train on, ${heldOut}${testCount} to test on`;
}

function divide(whole: ImageSet, config: DiscreteVaeConfig): Pick<Splits, 'train' | 'validation'> {
  const { trainCount, validationCount } = config;
  if (trainCount + validationCount > whole.count) {
    throw new RangeError(
      `dvae: trainCount + validationCount must be at most ${whole.count}, the images there are, got ` +
        `${trainCount} + ${validationCount}`,
    );
  }
  const held = whole.count - validationCount;
  return {
    train: part(whole, 0, trainCount, 'trainCount'),
    validation: validationCount > 0 ? part(whole, held, validationCount, 'validationCount') : null,
  };
}

function part(set: ImageSet, from: number, count: number, name: string): ImageSet {
  if (from + count > set.count)
    throw new RangeError(`dvae: ${name} must be at most ${set.count}, got ${count}`);
  const size = set.width * set.height;
  return {
    ...set,
    count,
    images: set.images.subarray(from * size, (from + count) * size),
    labels: set.labels.subarray(from, from + count),
  };
}

/** Returns the grey values in [0, 1] of the images at `indices`. */
export function pixelsAt(set: ImageSet, indices: ArrayLike<number>): Float32Array {
  const size = set.width * set.height;
  const pixels = new Float32Array(indices.length * size);
  for (let i = 0; i < indices.length; i++) {
    const from = indices[i]! * size;
    for (let p = 0; p < size; p++) pixels[i * size + p] = set.images[from + p]! / 255;
  }
  return pixels;
}
