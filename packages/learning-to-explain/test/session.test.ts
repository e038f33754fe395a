import { mkdir, mkdtemp, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { adam } from '@aimle/engine';
import { foldIn, key } from '@aimle/random';
import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type ExplainingSession, type LearningToExplainConfig, learningToExplain } from '../src/index.js';
import { subsetPrecision } from '../src/precision.js';

const tiny: LearningToExplainConfig = {
  ...learningToExplain.presets.quick,
  data: 'reviews-synthetic',
  trainCount: 40,
  validationCount: 6,
  testCount: 8,
  batchSize: 8,
  hidden: 16,
  k: 4,
  maxLength: 120,
};
const open: ExplainingSession[] = [];
/** Keeps word vectors, so that they are trained once. */
let shared: string;
beforeAll(async () => {
  shared = await mkdtemp(join(tmpdir(), 'vectors-'));
});

async function start(
  change: Partial<LearningToExplainConfig> = {},
  folder = shared,
  notes: string[] = [],
): Promise<ExplainingSession> {
  const context = { folder, note: (message: string) => void notes.push(message) };
  const session = await learningToExplain.prepare({ ...tiny, ...change }, context);
  open.push(session);
  return session;
}

afterEach(() => {
  for (const session of open.splice(0)) session.dispose();
});

describe('a session', () => {
  test('says that generated reviews are generated', async () => {
    expect((await start()).data).toMatch(
      /reviews by our own generator, aroma: 40 to train on, 6 for validation/,
    );
  });

  test('shows texts with the words that were chosen and those that are marked', async () => {
    const session = await start();
    const figures = await session.figures(key(1));
    expect(figures.map(({ name }) => name)).toEqual(['agreement', 'disagreement']);
    const shares = figures.map((figure) => {
      if (figure.kind !== 'texts') throw new Error(`${figure.name} is made of ${figure.kind}`);
      expect(figure.texts.length).toBe(3);
      return figure.texts.map(({ words, note }) => {
        const chosen = words.filter((word) => word.chosen);
        expect(chosen.length).toBe(4);
        expect(words.filter(({ marked }) => marked).length).toBeGreaterThanOrEqual(4);
        const right = chosen.filter(({ marked }) => marked).length;
        expect(note).toContain(`${right} of 4 chosen words are marked`);
        return right;
      });
    });
    expect(Math.min(...shares[0]!)).toBeGreaterThanOrEqual(Math.max(...shares[1]!));
  });

  test('goes through every training text once an epoch, in another order each time', async () => {
    const session = await start();
    const seen = (epoch: number): number[] =>
      Array.from({ length: session.stepsPerEpoch }, (_, i) => [...session.batch(epoch, i).ratings]).flat();
    expect(seen(0)).toEqual(seen(0));
    expect(seen(0)).not.toEqual(seen(1));
    expect(seen(0).sort()).toEqual(seen(1).sort());
    expect(seen(0).length).toBe(40);
  });

  test('measures error, precision and chance as fractions', async () => {
    const metrics = await (await start()).evaluate('test', key(0));
    expect(Object.keys(metrics)).toEqual([
      'mse100',
      'subset_precision',
      'macro_precision',
      'chance_precision',
    ]);
    expect(metrics['chance_precision']).toBeGreaterThan(0.05);
    expect(metrics['chance_precision']).toBeLessThan(0.25);
    expect(metrics['subset_precision']).toBeLessThanOrEqual(1);
  });

  test('explains texts of any length: shorter than k, longer than the limit, of unknown words', async () => {
    const session = await start();
    const long = Array.from({ length: 500 }, (_, i) => `word${i}`);
    const predictions = await session.explain([
      ['nutty'],
      long,
      ['the', 'nose', 'was', 'floral', 'and', 'nutty'],
    ]);
    expect(predictions.map(({ chosen }) => chosen.length)).toEqual([1, 4, 4]);
    expect(predictions[1]!.chosen.every((at) => at < 120)).toBe(true);
    expect(predictions.every(({ rating }) => rating > 0 && rating < 1)).toBe(true);
  });
});

describe.each([
  'aimle',
  'imle',
  'straight-through',
  'l2x',
  'relaxed-subset',
  'simple',
  'score-function',
] as const)('training by %s', (method) => {
  test('lowers the loss, and leaks nothing', async () => {
    const { model, batch } = await start({ method, samples: 2, maxLength: 30, batchSize: 4 });
    // Small enough steps that rounding, which differs between processors, does not decide where they lead.
    const optimiser = adam({ learningRate: 2e-3, epsilon: 1e-7 });
    const losses: number[] = [];
    const before = tf.memory().numTensors;
    for (let step = 0; step < 32; step++) {
      tf.tidy(() => {
        const { value, grads } = tf.variableGrads(
          () => model.losses(batch(0, 0), foldIn(key(0), step)).mean() as tf.Scalar,
          [...model.parameters.values()],
        );
        const gradients = new Map([...model.parameters].map(([name, v]) => [name, grads[v.name]!]));
        optimiser.apply(model.parameters, gradients);
        losses.push(value.dataSync()[0]!);
      });
    }
    expect(tf.memory().numTensors).toBe(before);
    const end = losses.slice(-4).reduce((sum, loss) => sum + loss / 4, 0);
    expect(end).toBeLessThan(0.5 * losses[0]!);
  });
});

describe('precision', () => {
  const text = (marks: number[]) => ({
    tokens: marks.map(String),
    ids: new Int32Array(marks.length),
    rating: 0,
    marks: Uint8Array.from(marks),
  });

  test('counts over all texts and as a mean of them, with chance', () => {
    const texts = [text([1, 1, 0, 0]), text([0, 0, 0, 0, 0, 1])];
    const predictions = [{ chosen: [0, 1] }, { chosen: [4] }];
    const { micro, macro, chance } = subsetPrecision(texts, predictions, 2);
    // The second text owes two words, though one of its two was padding.
    expect(micro).toBe(2 / 4);
    expect(macro).toBe((1 + 0) / 2);
    expect(chance).toBeCloseTo((2 * (2 / 4) + 2 * (1 / 6)) / 4, 12);
  });
});

describe('your own files', () => {
  const line = (i: number): string => `"the head was ${i % 2 === 0 ? 'fine' : 'poor'} ${i}",${1 + (i % 5)}`;

  test('are split and named without their folder; what is skipped is reported', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'texts-'));
    const path = join(folder, 'films.csv');
    await writeFile(path, `text,score\n${Array.from({ length: 40 }, (_, i) => line(i)).join('\n')}\n,3\n`);
    const notes: string[] = [];
    const own = { data: 'texts', texts: path, aspect: 'score', scoreRange: [1, 5] } as const;
    const session = await start(own, folder, notes);
    expect(session.data).toMatch(
      /^texts of films.csv \(sha256 [0-9a-f]{8}\): 36 to train on, 2 for validation, 2 to test on/,
    );
    expect(notes).toEqual([expect.stringMatching(/films\.csv.*\bline 42\b/)]);
    expect(Object.keys(await session.evaluate('test', key(0)))).toEqual(['mse100']);
    // Vectors are kept: the second time they are read, and the same.
    expect((await readdir(join(folder, 'word-vectors'))).length).toBe(1);
    await expect(start({ ...own, batchSize: 39 })).rejects.toThrow(
      /at least 43 texts for batches of 39, got 40/,
    );
  });
});

describe('BeerAdvocate', () => {
  const review = (i: number): string => `0.${i % 10} 0.5 0.5 0.5 0.5\tthe head is ${i} fine\n`;

  async function folderWith(names: readonly string[]): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'beer-'));
    const own = join(folder, 'beer-advocate');
    await mkdir(own);
    for (const [i, name] of names.entries()) {
      const lines = Array.from({ length: 20 }, (_, j) => review(20 * i + j));
      await writeFile(join(own, name), name.startsWith('annotations') ? annotation : lines.join(''));
    }
    return folder;
  }
  const annotation = `{"x": ["the", "head"], "y": [1,1,1,1,1], "0": [[1,2]]}\n`;
  const beer = { data: 'beer-advocate', aspect: 'appearance' } as const;

  test('trains on its own file, or on the held-out files of other aspects, and says which', async () => {
    const files = ['reviews.aspect0.heldout.txt', 'annotations.json'];
    const own = await start(beer, await folderWith([...files, 'reviews.aspect0.train.txt']));
    expect(own.data).toMatch(
      /appearance: 20 reviews of its own training file .* 10 for validation, 10 to test on/,
    );
    const others = await start(beer, await folderWith([...files, 'reviews.aspect2.heldout.txt']));
    expect(others.data).toMatch(/20 reviews of the held-out files of 1 other aspects/);
  });

  test('is named where it is missing, and replaced by generated reviews with auto', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'beer-'));
    await expect(start(beer, folder)).rejects.toThrow(/`aimle data get beer-advocate` says which/);
    const notes: string[] = [];
    expect((await start({ data: 'auto' }, folder, notes)).data).toMatch(/our own generator/);
    expect(notes[0]).toMatch(/BeerAdvocate.*generated reviews/);
  });
});
