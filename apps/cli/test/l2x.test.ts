import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { inProcess } from './inProcess.js';
import { cli, freshFolder, tiny as tinyImages } from './spawnCli.js';

/** A training that takes seconds: few generated reviews, and steps of few of them. */
const tiny = [
  ...['train', 'l2x', '--data', 'reviews-synthetic', '--k', '3', '--steps', '2'],
  ...[
    'trainCount=40',
    'validationCount=5',
    'testCount=5',
    'batchSize=8',
    'hidden=16',
    'maxLength=60',
  ].flatMap((pair) => ['--set', pair]),
];

describe('a run of l2x', () => {
  let cwd = '';
  let summary: { readonly metrics: { readonly test: Record<string, number> } } & Record<string, unknown>;

  beforeAll(async () => {
    cwd = await freshFolder();
    const { code, stdout, stderr } = await cli([...tiny, '--run', 'run', '--seed', '3', '--json'], { cwd });
    expect(code, stderr).toBe(0);
    summary = JSON.parse(stdout);
  });

  it('ends with its summary, errors and precisions, and evaluates to the same', async () => {
    expect(summary).toMatchObject({ task: 'l2x', method: 'aimle', run: 'run', seed: 3, steps: 2 });
    const { test } = summary.metrics;
    expect(Object.keys(test).sort()).toEqual([
      'chance_precision',
      'macro_precision',
      'mse100',
      'subset_precision',
    ]);
    for (const value of Object.values(test)) expect(value).toBeGreaterThanOrEqual(0);
    const evaluated = await cli(['evaluate', 'run', '--json'], { cwd });
    expect(JSON.parse(evaluated.stdout).metrics.test).toEqual(test);
  });

  it('explains a text: k words of it, in brackets where there is no colour', async () => {
    const text = "The nose didn't last, but it's floral.";
    const json = await cli(['explain', 'run', text, '--json'], { cwd });
    const { aspect, rating, tokens, chosen, words } = JSON.parse(json.stdout);
    expect(tokens.join(' ')).toBe("the nose did n't last , but it 's floral .");
    expect(aspect).toBe('aroma');
    expect(rating).toBeGreaterThan(0);
    expect(rating).toBeLessThan(1);
    expect(chosen).toHaveLength(3);
    expect(words).toEqual(chosen.map((at: number) => tokens[at]));
    const plain = await cli(['explain', 'run', text], { cwd });
    const [shown, last] = plain.stdout.trim().split('\n\n');
    expect(shown!.match(/\[[^\]]+\]/g)!.map((word) => word.replace(/[{}]/g, ''))).toEqual(
      words.map((word: string) => `[${word}]`),
    );
    expect(last).toBe(`aroma: ${rating.toFixed(2)} of 1`);
  });

  it('explains what is in a file, tells of what it does not read, and writes a page without markup of the text', async () => {
    await writeFile(join(cwd, 'review.txt'), `${'a fine head <b> & more '.repeat(12)}`);
    const { code, stdout, stderr } = await cli(
      ['explain', 'run', 'review.txt', '--html', 'page.html', '--json'],
      { cwd },
    );
    expect(code, stderr).toBe(0);
    expect(JSON.parse(stdout).tokens).toHaveLength(60);
    expect(stderr).toMatch(/\b96 words\b.*\b60\b/);
    const page = await readFile(join(cwd, 'page.html'), 'utf8');
    expect(page.match(/<mark>/g)).toHaveLength(3);
    expect(page).not.toContain('<b>');
  });

  it('is explained with words only', async () => {
    for (const text of ['', ' \n']) {
      const { code, stderr } = await cli(['explain', 'run', text], { cwd });
      expect(stderr).toMatch(/^aimle: .*\bno words\b.*\bfile\b.*\n$/);
      expect(code).toBe(2);
    }
  });

  it('marks words that the training texts do not have', async () => {
    const text = 'a zyzzyva nose , and a qwertyish one';
    const json = JSON.parse((await cli(['explain', 'run', text, '--json'], { cwd })).stdout);
    expect(json.unknown.map((at: number) => json.tokens[at])).toEqual(
      expect.arrayContaining(['zyzzyva', 'qwertyish']),
    );
    expect(json.unknown.map((at: number) => json.tokens[at])).not.toContain('nose');
    const { stdout, stderr } = await cli(['explain', 'run', text, '--html', 'page.html'], { cwd });
    expect(stdout).toMatch(/\{zyzzyva\}.*\{qwertyish\}/);
    expect(stderr).toMatch(/Not in the training texts.*zyzzyva.*qwertyish/);
    expect(await readFile(join(cwd, 'page.html'), 'utf8')).toContain('<s>zyzzyva</s>');
  });

  it.each(['nonexist.txt', 'floral', 'my texts/nonexist.txt', 'run/nonexist'])(
    'does not take the name of a missing file for a text: %s',
    async (name) => {
      const { code, stdout, stderr } = await cli(['explain', 'run', name], { cwd });
      expect(stderr).toMatch(/^aimle: there is no file .*; to explain it as a text, write --text .*\n$/);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    },
  );

  it('explains a single word where --text gives it', async () => {
    const { code, stdout } = await cli(['explain', 'run', '--text', 'floral', '--json'], { cwd });
    expect({ code, tokens: JSON.parse(stdout).tokens }).toEqual({ code: 0, tokens: ['floral'] });
    expect(await cli(['explain', 'run', 'a b', '--text', 'c'], { cwd })).toMatchObject({ code: 2 });
  });

  it('goes on, for longer, as it began', async () => {
    const changed = await cli(['train', 'l2x', '--resume', 'run', '--k', '4'], { cwd });
    expect(changed).toMatchObject({ code: 2, stdout: '' });
    expect(changed.stderr).toContain('--k');
    const { code, stdout, stderr } = await cli(
      ['train', 'l2x', '--resume', 'run', '--steps', '3', '--json'],
      {
        cwd,
      },
    );
    expect(code, stderr).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ run: 'run', steps: 3 });
  });
});

describe('texts of one’s own', () => {
  const films = (count: number): string =>
    `stars,review\n${Array.from({ length: count }, (_, i) => `${1 + (i % 5)},"Isn't it a ${['dull', 'fine'][i % 2]} film, ${i}?"`).join('\n')}\n`;
  const train = (cwd: string, ...more: string[]) =>
    cli(
      [
        ...['train', 'l2x', '--texts', 'films.csv', '--text-column', 'review', '--score-column', 'stars'],
        ...[
          '--score-range',
          '1,5',
          '--k',
          '2',
          '--steps',
          '2',
          '--set',
          'batchSize=8',
          '--run',
          'run',
          '--json',
        ],
        ...more,
      ],
      { cwd },
    );

  it('are trained on by their columns, lines without a score counted, and explained by words as they stand', async () => {
    const cwd = await freshFolder();
    await writeFile(join(cwd, 'films.csv'), `${films(40)}seven,"Not rated."\n`);
    const { code, stdout, stderr } = await train(cwd);
    expect(code, stderr).toBe(0);
    expect(stderr).toMatch(/films\.csv: 1 line.*stars must be a number in \[1, 5\], got "seven"/s);
    expect(Object.keys(JSON.parse(stdout).metrics.test)).toEqual(['mse100']);
    const explained = await cli(['explain', 'run', "It isn't dull.", '--json'], { cwd });
    const answer = JSON.parse(explained.stdout);
    expect(answer).toMatchObject({ aspect: 'score', tokens: ['it', "isn't", 'dull', '.'] });
    expect(answer.score).toBeCloseTo(1 + 4 * answer.rating, 6);
    const shown = await cli(['explain', 'run', "It isn't dull."], { cwd });
    expect(shown.stdout).toContain(`score: ${answer.score.toFixed(2)}, from 1 to 5`);
  });

  it.each([
    ['too few', films(9), [], 'there must be at least 10 texts for batches of 8, got 9'],
    ['without the column that is asked for', films(40), ['--text-column', 'body'], 'body'],
    ['none at all', 'stars,review\n', [], 'films.csv'],
  ])('%s: reported with the cause', async (_, text, more, message) => {
    const cwd = await freshFolder();
    await writeFile(join(cwd, 'films.csv'), text);
    const { code, stdout, stderr } = await train(cwd, ...more);
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/^ +at /m);
    expect({ code: code !== 0, stdout }).toEqual({ code: true, stdout: '' });
  });

  it('must be there', async () => {
    const { code, stderr } = await train(await freshFolder());
    expect(stderr).toMatch(/aimle: there is no file .*films\.csv\n$/);
    expect(code).toBe(2);
  });
});

describe('a wrong request of l2x', () => {
  const l2x = ['train', 'l2x'];

  it.each([
    [
      [...l2x, '--aspect', 'smell'],
      '--aspect must be one of appearance, aroma, palate, taste, score, got "smell"',
    ],
    [[...l2x, '--k', '0'], '--k must be an integer of at least 1, got "0"'],
    [[...l2x, '--method', 'l3x'], 'got "l3x"; did you mean l2x?'],
    [
      [...l2x, '--lambda', '1', '--method', 'relaxed-subset'],
      '--lambda does nothing with --method relaxed-subset, only with aimle, imle',
    ],
    [
      [...l2x, '--perturbation', 'paper', '--method', 'simple'],
      '--perturbation does nothing with --method simple, only with aimle',
    ],
    [[...l2x, '--noise', 'normal', '--method', 'l2x'], '--noise does nothing with --method l2x'],
    [
      [...l2x, '--texts', 'films.csv', '--aspect', 'taste'],
      'aspect must be score with data texts, and one of the others otherwise, got "taste"',
    ],
    [
      [...l2x, '--texts', 'films.csv', '--data', 'auto'],
      '--texts does nothing with --data auto, only with texts; leave one out',
    ],
    [[...l2x, '--text-column', 'body'], '--text-column does nothing with --data auto, only with texts'],
    [[...l2x, '--texts', ''], '--texts must be a file, got ""'],
    [[...l2x, '--score-range', '5,1'], '--score-range must be two numbers, the smaller one first, got "5,1"'],
    [[...l2x, '--score-range', '1'], '--score-range must be two numbers, the smaller one first, got "1"'],
    [[...l2x, '--set', 'maxlength=9'], '--set has no setting maxlength; did you mean maxLength?'],
    [[...l2x, '--official-code', 'onn'], 'did you mean on?'],
    [['explain'], "missing required argument 'run'"],
    [['explain', 'nowhere', 'a text', '--html', ''], '--html must name a file, got nothing'],
  ])('%j is reported in one message, with exit code 2', async (argv, message) => {
    const { code, stdout, stderr } = await inProcess(argv);
    expect(stderr).toContain(message);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  it('is reported where settings do not fit together', async () => {
    const { code, stderr } = await cli([...tiny, '--k', '61']);
    expect(stderr).toContain('aimle: l2x: k must be at most maxLength, 60, got 61');
    expect(code).toBe(2);
  });

  it('names the run that is not there, or is of another task', async () => {
    const cwd = await freshFolder();
    const nowhere = await cli(['explain', 'nowhere', 'a text'], { cwd });
    expect(nowhere).toMatchObject({ code: 2, stdout: '' });
    expect(nowhere.stderr).toContain('nowhere holds no run');
    await cli([...tinyImages, '--steps', '1', '--run', 'images'], { cwd });
    const other = await cli(['explain', 'images', 'a text'], { cwd });
    expect(other.stderr).toContain('images is a run of the task dvae, not of l2x');
    expect(other.code).toBe(2);
  });

  it('says where BeerAdvocate’s files go', async () => {
    const { code, stderr } = await cli([...l2x, '--data', 'beer-advocate']);
    expect(stderr).toContain('aimle data get beer-advocate');
    expect(code).not.toBe(0);
  });
});
