import { digits, FormatError, loadMnist } from '@aimle/datasets';
import { foldIn, key, randomPermutation } from '@aimle/random';
import { contentMark, RequestError, type TaskContext } from '@aimle/training';
import { type Images, imagesAt } from './images/images.js';
import { readImages } from './images/readImages.js';
import { type DiscreteVaeConfig, isOwnData } from './settings.js';

export interface Splits {
  readonly train: Images;
  readonly validation: Images | null;
  readonly test: Images;
  readonly description: string;
}

/** Loads the images. `auto` is MNIST from the data folder or a download, else generated digits, with a note. */
export async function loadSplits(config: DiscreteVaeConfig, context: TaskContext): Promise<Splits> {
  if (config.data === 'digits') return generated(config);
  if (isOwnData(config)) return ownImages(config, context);
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
  const load = (split: 'train' | 'test'): Promise<Images> =>
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
function description(
  name: string,
  {
    trainCount,
    validationCount,
    testCount,
  }: Pick<DiscreteVaeConfig, 'trainCount' | 'validationCount' | 'testCount'>,
): string {
  const heldOut = validationCount > 0 ? `${validationCount} for validation, ` : 'no validation set, ';
  return `${name}: ${trainCount} images to train on, ${heldOut}${testCount} to test on`;
}

function divide(whole: Images, config: DiscreteVaeConfig): Pick<Splits, 'train' | 'validation'> {
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

/** Splits your own images with a fixed key: a tenth to test on, a tenth for validation, the rest to train on. */
async function ownImages(config: DiscreteVaeConfig, { note }: TaskContext): Promise<Splits> {
  const { data, trainCount, validationCount, testCount, batchSize } = config;
  const all = await readImages(data);
  const { count, width, height } = all;
  const tenth = Math.max(1, Math.floor(count / 10));
  const held = validationCount > 0 ? 2 * tenth : tenth;
  if (count <= held) {
    throw new RequestError(
      `dvae: there must be at least ${held + 1} images to train on some, got ${count} in ${data}`,
    );
  }
  const [tested, validated] = [Math.min(testCount, tenth), Math.min(validationCount, tenth)];
  const trained = Math.min(trainCount, count - held);
  if (trained < batchSize) {
    note(
      `There are ${trained} images to train on, fewer than the ${batchSize} of a batch, so each step takes all of them.`,
    );
  }
  const order = randomPermutation(foldIn(key(0), 'images'), count);
  const chosen = (from: number, number: number) => imagesAt(all, order.subarray(from, from + number));
  const mark = await contentMark([all.images]);
  const counts = { trainCount: trained, validationCount: validated, testCount: tested };
  return {
    test: chosen(0, tested),
    validation: validated === 0 ? null : chosen(tenth, validated),
    train: chosen(count - trained, trained),
    description: description(`your own images, ${width} by ${height} pixels (${mark})`, counts),
  };
}

function part(set: Images, from: number, count: number, name: string): Images {
  if (from + count > set.count)
    throw new RangeError(`dvae: ${name} must be at most ${set.count}, got ${count}`);
  const size = set.width * set.height;
  return {
    ...set,
    count,
    images: set.images.subarray(from * size, (from + count) * size),
  };
}
