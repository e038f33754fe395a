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
    expect(page).toMatch(/data-series="with-imle" stroke="var\(--ink-1\)"/);
    expect(page.match(/>with-imle<\/text>/g)).toHaveLength(8);
  });

  it('leaves a run out of the legend of what it does not have', async () => {
    const without = await fakeRun({ name: 'without-lambda' });
    const metrics = join(without, 'metrics.jsonl');
    await writeFile(metrics, (await readFile(metrics, 'utf8')).replaceAll(/"lambda":[\d.]+,/g, ''));
    const page = await pageOf(await fakeRun({ name: 'with-lambda' }), without);
    expect(page.match(/>with-lambda<\/text>/g)).toHaveLength(8); // loss, metric, lambda, sparsity, each in two sizes
    expect(page.match(/>without-lambda<\/text>/g)).toHaveLength(6);
  });
});

describe('a comparison', () => {
  const cellsOf = (page: string, row: string): string[] => {
    const [, cells] = new RegExp(`<th scope="row">${row}</th>(.*?)</tr>`).exec(page)!;
    return [...cells!.matchAll(/<td>(.*?)<\/td>/g)].map(([, cell]) => cell!);
  };

  it('takes runs that differ in their seed for one, with mean and standard error', async () => {
    const floors = [70, 74, 78];
    const seeds = await Promise.all(
      floors.map((floor, seed) => fakeRun({ name: `seed-${seed}`, config: { seed, k: 3 }, floor })),
    );
    const page = await pageOf(...seeds, await fakeRun({ name: 'other', floor: 90 }));
    // The test metric is the floor + 2.2 and a little; the standard error of 70, 74, 78 is 4 / sqrt(3).
    expect(cellsOf(page, 'k 3, 3 seeds')[0]).toBe('76.2 ± 2.3');
    expect(page).toMatch(/data-series="k 3, 3 seeds" stroke="var\(--ink-0\)"/);
    expect(page).toMatch(/data-series="other" stroke="var\(--ink-1\)"/);
    expect(page.match(/>k 3, 3 seeds<\/text>/g)).toHaveLength(8); // once in each chart's legend, in two sizes
  });

  it('lists what differs, and what is the same once', async () => {
    const page = await pageOf(
      await fakeRun({ name: 'one' }),
      await fakeRun({ name: 'two', config: { k: 4, seed: 7 } }),
    );
    const [, differs] = /<h2>What differs<\/h2>(.*?)<\/section>/s.exec(page)!;
    expect([...differs!.matchAll(/<th scope="col">(.*?)<\/th>/g)].map(([, name]) => name)).toEqual([
      'run',
      'k',
      'seed',
    ]);
    expect(cellsOf(differs!, 'two')).toEqual(['4', '7']);
    expect(page.match(/<dt>batch size<\/dt>/g)).toHaveLength(1);
    expect(page).not.toContain('<dt>k</dt>');
  });

  it('gives each task its part', async () => {
    const other = await fakeRun({ name: 'trees' });
    const record = JSON.parse(await readFile(join(other, 'config.json'), 'utf8'));
    await writeFile(join(other, 'config.json'), JSON.stringify({ ...record, task: 'nri', title: 'Trees' }));
    const page = await pageOf(await fakeRun({ name: 'images' }), other);
    expect([...page.matchAll(/<h2 class="part">(.*?)<\/h2>/g)].map(([, title]) => title)).toEqual([
      'Discrete variational autoencoder',
      'Trees',
    ]);
    expect(page.match(/<h2>Numbers<\/h2>/g)).toHaveLength(2);
  });
});

describe('a run', () => {
  const changed = async (change: object): Promise<string> => {
    const folder = await fakeRun();
    const record = JSON.parse(await readFile(join(folder, 'config.json'), 'utf8'));
    await writeFile(join(folder, 'config.json'), JSON.stringify({ ...record, ...change }));
    return folder;
  };

  it('draws its loss and its metric on axes of their own', async () => {
    const page = await pageOfFake();
    expect(page.match(/<text [^>]*>loss<\/text>/g)).toHaveLength(2); // two sizes
    expect(page.match(/<text [^>]*>negative ELBO<\/text>/g)).toHaveLength(2);
  });

  it('says what its metrics are, at the table and at the curve', async () => {
    const page = await pageOf(await changed({ meanings: { negative_elbo: 'BCE + KL; lower is better' } }));
    expect(page).toContain('<dt>negative ELBO</dt><dd>BCE + KL; lower is better</dd>');
    expect(page).toContain('after each epoch: BCE + KL; lower is better.');
  });

  it('leaves out settings that it does not read', async () => {
    expect(await pageOf(await changed({}))).toContain('<dt>temperature</dt>');
    expect(await pageOf(await changed({ unread: ['temperature'] }))).not.toContain('<dt>temperature</dt>');
  });

  it('that diverged says so', async () => {
    expect(await pageOfFake()).not.toContain('class="trouble"');
    const failed = await fakeRun();
    await writeFile(
      join(failed, 'failure.json'),
      '{"step":1200,"message":"step 1201: the loss is NaN\\nmore"}',
    );
    expect(await pageOf(failed)).toContain('ended by an error after step 1,200: step 1201: the loss is NaN.');
    await writeFile(join(failed, 'failure.json'), '{"step":2,"message":"../runs/a is full..."}');
    expect(await pageOf(failed)).toContain('ended by an error after step 2: ../runs/a is full...');
    await writeFile(join(failed, 'failure.json'), '{}');
    expect(await pageOf(failed)).not.toContain('class="trouble"');
    const broken = await fakeRun();
    await appendFile(
      join(broken, 'metrics.jsonl'),
      '{"kind":"step","step":1201,"epoch":13,"loss":null,"seconds":145}\n',
    );
    expect(await pageOf(broken)).toContain('its loss is not a number at step 1,201');
    const risen = await fakeRun();
    const lines = Array.from({ length: 300 }, (_, i) => ({
      kind: 'step',
      step: i + 1,
      epoch: 1,
      loss: i,
      seconds: i,
    }));
    await writeFile(join(risen, 'metrics.jsonl'), lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    expect(await pageOf(risen)).toContain('its loss rose from 7 to 292.00');
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
