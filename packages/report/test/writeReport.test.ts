import { createHash } from 'node:crypto';
import { appendFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RequestError } from '@aimle/training';
import { decode } from 'fast-png';
import { describe, expect, it } from 'vitest';
import { writeReport } from '../src/index.js';
import { type FakeRun, fakeRun } from './fakeRun.js';

async function pageOf(...folders: readonly string[]): Promise<string> {
  const out = join(await mkdtemp(join(tmpdir(), 'aimle-page-')), 'deep', 'report.html');
  await writeReport(folders, out);
  return readFile(out, 'utf8');
}

const pageOfFake = async (options: FakeRun = {}): Promise<string> => pageOf(await fakeRun(options));

describe('a report of one run', () => {
  it('says what was run, for how long, and how to run it again', async () => {
    const page = await pageOfFake();
    expect(page).toContain('<h1>Discrete variational autoencoder by AIMLE</h1>');
    for (const part of [
      'central difference',
      '1 sample',
      'Sum-of-Gamma noise',
      '1,200 steps',
      '2\u00a0min',
    ]) {
      expect(/<p class="lead">(.*)<\/p>/.exec(page)![1]).toContain(part);
    }
    expect(page).toContain('<code>aimle train dvae --preset quick --method aimle --seed 0</code>');
    expect(page).toContain('node 20.20.2');
  });

  it('shows the metrics of the last epoch and of the test', async () => {
    const page = await pageOfFake();
    const row = /<th scope="row">negative ELBO<\/th>(.*?)<\/tr>/.exec(page)![1]!;
    expect([...row.matchAll(/<td>(.*?)<\/td>/g)].map((cell) => cell[1])).toEqual(['', '79.54', '80.24']);
  });

  it('shows validation and test of the same checkpoint where a later epoch was worse', async () => {
    const folder = await fakeRun();
    await appendFile(
      join(folder, 'metrics.jsonl'),
      '{"kind":"epoch","step":1300,"epoch":13,"train":{"loss":80},"validation":{"negative_elbo":99.5},"test":null,"best":false,"seconds":156}\n',
    );
    const row = /<th scope="row">negative ELBO<\/th>(.*?)<\/tr>/.exec(await pageOf(folder))![1]!;
    expect([...row.matchAll(/<td>(.*?)<\/td>/g)].map((cell) => cell[1])).toEqual(['', '79.54', '80.24']);
  });

  it('asks nothing of the network and runs no script', async () => {
    const page = await pageOfFake();
    expect(page).not.toMatch(/https?:|<script|@import|url\((?!#)/);
    expect(page).not.toMatch(/(src|href)="(?!data:)/);
  });

  it('has a policy that allows its own style and images in it only', async () => {
    const page = await pageOfFake();
    const style = /<style>(.*)<\/style>/s.exec(page)![1]!;
    const digest = createHash('sha256').update(style).digest('base64');
    expect(
      /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)![1]!.replaceAll('&#39;', "'"),
    ).toBe(
      `default-src 'none'; img-src data:; style-src 'sha256-${digest}'; base-uri 'none'; form-action 'none'`,
    );
    expect(page).not.toMatch(/ style=| on\w+=/);
    expect(page.match(/<style>/g)).toHaveLength(1);
  });

  it('sends its style unescaped: a quoted font stays quoted', async () => {
    expect(/<style>(.*)<\/style>/s.exec(await pageOfFake())![1]).toContain('"Segoe UI"');
  });

  it('keeps every pixel of a figure', async () => {
    const folder = await fakeRun();
    const [figure] = JSON.parse(await readFile(join(folder, 'figures.json'), 'utf8'));
    const images = [...(await pageOf(folder)).matchAll(/src="data:image\/png;base64,([^"]+)"/g)];
    const third = decode(Buffer.from(images[4]![1]!, 'base64')); // column by column: image, reconstruction, ...
    const expected = Buffer.from(figure.rows[0].pixels, 'base64').subarray(2 * 784, 3 * 784);
    expect([third.width, third.height, third.channels]).toEqual([28, 28, 1]);
    expect(Buffer.from(third.data)).toEqual(expected);
  });

  it('shows drawings as images of their own, in which a script is only a picture', async () => {
    const folder = await fakeRun();
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><script>alert(1)</script></svg>';
    const drawing = {
      ...{
        name: 'trees',
        title: 'Trees',
        caption: 'One.',
        kind: 'drawings',
        columns: 1,
        width: 9,
        height: 9,
      },
      drawings: [{ label: 'a "tree"', svg }],
    };
    await writeFile(join(folder, 'figures.json'), JSON.stringify([drawing]));
    const page = await pageOf(folder);
    const [, data, label] = /src="data:image\/svg\+xml;base64,([^"]+)" alt="([^"]+)"/.exec(page)!;
    expect(Buffer.from(data!, 'base64').toString()).toBe(svg);
    expect(label).toBe('a &quot;tree&quot;');
    expect(page).not.toContain('alert(1)');
  });

  it('highlights chosen words, underlines marked ones, and takes no word for markup', async () => {
    const folder = await fakeRun();
    const words = [
      { word: '<b>' },
      { word: 'fine', chosen: true, marked: true },
      { word: 'head', chosen: true },
    ];
    const texts = [{ note: 'rated 0.8', words: [...words, { word: 'nose', marked: true }] }];
    const figure = { name: 'reviews', title: 'Reviews', caption: 'One.', kind: 'texts', texts };
    await writeFile(join(folder, 'figures.json'), JSON.stringify([figure]));
    expect(await pageOf(folder)).toContain(
      '&lt;b&gt; <mark><u>fine</u></mark> <mark>head</mark> <u>nose</u> ',
    );
  });

  it('draws lines only through numbers', async () => {
    const folder = await fakeRun();
    await appendFile(
      join(folder, 'metrics.jsonl'),
      '{"kind":"step","step":1201,"epoch":13,"loss":null,"lambda":null,"seconds":145}\n' +
        '{"kind":"epoch","step":1201,"epoch":13,"train":{"loss":null},"validation":{"negative_elbo":null},"best":false,"seconds":145}\n',
    );
    const page = await pageOf(folder);
    expect(page).not.toMatch(/NaN|Infinity|undefined|null/);
    expect(page).toContain('<td>–</td>');
  });

  it('reads a run that is being written: a torn last line is left out', async () => {
    const folder = await fakeRun({ tested: false });
    const whole = await pageOf(folder);
    await appendFile(join(folder, 'metrics.jsonl'), '{"kind":"step","step":1201,"ep');
    expect(await pageOf(folder)).toBe(whole);
  });

  it('says so when nothing was logged yet', async () => {
    const folder = await fakeRun({ steps: 0, tested: false, figures: false });
    expect(await pageOf(folder)).toContain('No step was logged yet.');
    await rm(join(folder, 'metrics.jsonl'));
    expect(await pageOf(folder)).toContain('No step was logged yet.');
  });

  it('draws a run of a single step', async () => {
    const page = await pageOfFake({ steps: 1, tested: false, figures: false });
    expect(page).toMatch(/data-series="training loss"[^\n]*<circle cx="[\d.]+" cy="[\d.]+"/);
    expect(page).not.toContain('NaN');
  });

  it('shows a path as it is', async () => {
    const path = 'data/my_aimle_files/imle.npy';
    expect(await pageOfFake({ config: { recordings: path } })).toContain(`<dd>${path}</dd>`);
  });

  it('escapes whatever a configuration holds', async () => {
    const page = await pageOfFake({ config: { data: '<img src=x onerror="alert(1)">' } });
    expect(page).toContain('&lt;img src=x onerror=&quot;alert(1)&quot;&gt;');
    expect(page).not.toContain('<img src=x');
  });

  it('leaves nothing but the page behind', async () => {
    const folder = await fakeRun();
    await writeReport([folder], join(folder, 'report.html'));
    expect((await readdir(folder)).sort()).toEqual([
      'config.json',
      'figures.json',
      'metrics.jsonl',
      'report.html',
    ]);
  });
});

describe('a report of several runs', () => {
  it('overlays their curves and lists each in the table and the legend', async () => {
    const page = await pageOf(
      await fakeRun({ name: 'with-aimle' }),
      await fakeRun({ name: 'with-imle', config: { method: 'imle' }, floor: 90, tested: false }),
    );
    expect(page).toContain('<h1>Discrete variational autoencoder by AIMLE, IMLE</h1>');
    expect(page).toContain('<th scope="row">with-aimle</th>');
    expect(page).toContain('<th scope="row">with-imle *</th>');
    expect(page).toMatch(/data-series="with-imle, training loss" stroke="var\(--ink-1\)"/);
    expect(page.match(/>with-imle<\/text>/g)).toHaveLength(6);
  });

  it('leaves a run out of the legend of what it does not have', async () => {
    const without = await fakeRun({ name: 'without-lambda' });
    const metrics = join(without, 'metrics.jsonl');
    await writeFile(metrics, (await readFile(metrics, 'utf8')).replaceAll(/"lambda":[\d.]+,/g, ''));
    const page = await pageOf(await fakeRun({ name: 'with-lambda' }), without);
    expect(page.match(/>with-lambda<\/text>/g)).toHaveLength(6); // loss, lambda, sparsity, each in two sizes
    expect(page.match(/>without-lambda<\/text>/g)).toHaveLength(4);
  });
});

describe('a report that cannot be made', () => {
  it('needs a run', async () => {
    await expect(writeReport([], 'report.html')).rejects.toThrow('name at least one run directory, got none');
  });

  it('names the folder that holds no run', async () => {
    const empty = await mkdtemp(join(tmpdir(), 'aimle-empty-'));
    await expect(pageOf(empty)).rejects.toThrow(RequestError);
    await expect(pageOf(empty)).rejects.toThrow(empty);
  });

  it('names the damaged file and leaves the old page alone', async () => {
    const folder = await fakeRun();
    const out = join(folder, 'report.html');
    await writeReport([folder], out);
    const before = await readFile(out, 'utf8');
    await writeFile(join(folder, 'figures.json'), '[{');
    await expect(writeReport([folder], out)).rejects.toThrow(
      'figures.json is not JSON; delete it for a page without pictures',
    );
    expect(await readFile(out, 'utf8')).toBe(before);
  });

  it('refuses figures with too few pixels', async () => {
    const folder = await fakeRun();
    const figures = JSON.parse(await readFile(join(folder, 'figures.json'), 'utf8'));
    figures[1].rows[2].pixels = 'AAAA';
    await writeFile(join(folder, 'figures.json'), JSON.stringify(figures));
    await expect(pageOf(folder)).rejects.toThrow('"samples" must have 16 x 28 x 28 = 12544 pixels, got 3');
  });
});
