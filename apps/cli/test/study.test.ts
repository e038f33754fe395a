import { access, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ShareProgress } from '../src/progress/shareProgress.js';
import { ink } from '../src/terminal/terminal.js';
import { inProcess } from './inProcess.js';
import { cli, freshFolder } from './spawnCli.js';

const few = ['--samples', '1,10', '--seeds', '3'];

describe('gradients', () => {
  it('prints one document that scripts can rely on, and nothing else on stdout', async () => {
    const argv = [
      'gradients',
      '--n',
      '5',
      '--k',
      '2',
      '--methods',
      'imle,aimle,exact-expectation',
      ...few,
      '--json',
    ];
    const { code, stdout, stderr } = await cli(argv);
    const found = JSON.parse(stdout);
    expect(code).toBe(0);
    expect(found).toMatchObject({ structure: 'subset', n: 5, k: 2, seeds: 3, truth: 'gibbs' });
    expect(
      found.rows.map(({ method, samples }: { method: string; samples: number }) => [method, samples]),
    ).toEqual(
      ['imle', 'aimle', 'exact-expectation'].flatMap((method) => [1, 10].map((samples) => [method, samples])),
    );
    for (const row of found.rows) {
      expect(Math.abs(row.cosine.mean)).toBeLessThan(1.001);
      expect(row.cosine.se).toBeGreaterThanOrEqual(0);
      expect(row.sparsity).toBeLessThanOrEqual(1);
      expect(row.lambda).toBe(row.method === 'imle' ? 1 : null);
    }
    expect(found.rows.at(-1).cosine.mean).toBeCloseTo(1, 5);
    expect(stderr).toMatch(/^engine: wasm/);
  });

  it('prints a table with the truth and the standard error, the same every time', async () => {
    const argv = [
      'gradients',
      '--structure',
      'tree',
      '--n',
      '4',
      '--truth',
      'perturb-and-map',
      '--methods',
      'imle',
      ...few,
    ];
    const [once, again] = await Promise.all([cli(argv), cli(argv)]);
    expect(once.stdout).toBe(again.stdout);
    expect(once.stdout).toMatch(
      /^Gradient of E \|z - b\|\^2, tree, n = 4\ntruth: perturb-and-map; mean over 3 problems/,
    );
    expect(once.stdout).toMatch(/^imle +1 +-?\d\.\d{3} ± \d\.\d{3} +\d+ % +1 +2$/m);
    const other = await cli([...argv, '--seed', '1']);
    expect(other.stdout).not.toBe(once.stdout);
  });

  it('claims no error where there is one problem', async () => {
    const argv = ['gradients', '--methods', 'imle', '--samples', '1', '--seeds', '1'];
    const [prose, document] = await Promise.all([cli(argv), cli([...argv, '--json'])]);
    expect(prose.stdout).toContain('mean over 1 problem');
    expect(prose.stdout).toMatch(/^imle +1 +-?\d\.\d{3} {2}/m);
    expect(JSON.parse(document.stdout).rows[0].cosine.se).toBeNull();
  });

  it.each([
    [['--structure', 'tre'], '--structure must be one of subset, tree, '],
    [['--structure', 'toString'], '--structure must be one of subset, tree, '],
    [['--structure', 'tree', '--k', '3'], '--k does nothing with --structure tree'],
    [['--structure', 'tree', '--n', '40'], 'n of tree must be an integer in [1, 8], got 40'],
    [['--n', '4', '--k', '5'], 'topK: k must be an integer in [1, 4], got 5'],
    [['--methods', 'aimle,aimel'], 'there is no method aimel for (10,5); there are aimle, '],
    [['--methods', 'aimle,,imle'], '--methods must be names separated by commas, got "aimle,,imle"'],
    [['--samples', '1,0'], '--samples must be integers of at least 1 separated by commas, got "1,0"'],
    [['--samples', ''], '--samples must be integers of at least 1 separated by commas, got ""'],
    [['--truth', 'none'], '--truth must be one of gibbs, perturb-and-map, got "none"'],
    [['--seeds', '0'], '--seeds must be an integer of at least 1, got "0"'],
  ])('%j is a wrong request', async (argv, message) => {
    const { code, stdout, stderr } = await inProcess(['gradients', ...argv]);
    expect(stderr).toContain(message);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });
});

describe('reproduce', () => {
  it('prints the table with known figures beside, and writes one page and its plots', async () => {
    const cwd = await freshFolder();
    const { code, stdout } = await cli(['reproduce', 'toy', '--plots', 'plots'], { cwd });
    expect(code).toBe(0);
    expect(stdout).toContain('4.114214');
    expect(stdout).toMatch(/^exact gradient, rate 0\.5 .* 0\.0009\n +known 0\.001, /m);
    expect(stdout).toMatch(/page: toy\.html\n$/);
    expect((await readdir(cwd)).sort()).toEqual(['plots', 'toy.html']);
    expect((await readdir(join(cwd, 'plots'))).sort()).toEqual(['toy-1.svg', 'toy-2.svg']);
    const page = await readFile(join(cwd, 'toy.html'), 'utf8');
    expect(page).toContain('aimle reproduce toy --plots plots');
    expect(page).toContain('</html>');
  });

  it('prints one document with every figure, its error, what is known, and the difference', async () => {
    const cwd = await freshFolder();
    const { stdout } = await cli(['reproduce', 'figure1', '--json', '--out', 'deep/page.html'], { cwd });
    const found = JSON.parse(stdout);
    expect(found).toMatchObject({ name: 'figure1', preset: 'quick', seed: 0, page: 'deep/page.html' });
    const best = found.panels[0].curves[1].points[3];
    expect(best).toMatchObject({ x: 0.3, known: { value: 0.949 } });
    const { mean, error, known, difference } = best;
    expect(difference).toBeCloseTo((mean - known.value) / Math.hypot(error, known.error), 9);
    await access(join(cwd, 'deep/page.html'));
  });

  it('interrupted, leaves the old page as it was', async () => {
    const cwd = await freshFolder();
    await writeFile(join(cwd, 'figure1.html'), 'old');
    const { code } = await cli(['reproduce', 'figure1', '--preset', 'paper'], { cwd, interruptAt: '%' });
    expect(code).not.toBe(0);
    expect(await readdir(cwd)).toEqual(['figure1.html']);
    expect(await readFile(join(cwd, 'figure1.html'), 'utf8')).toBe('old');
  });

  it.each([
    [
      ['figur1'],
      'the figure must be one of figure1, samples, sparsity, toy, got "figur1"; did you mean figure1?',
    ],
    [[], "missing required argument 'name'"],
    [['toy', '--preset', 'long'], '--preset must be one of quick, paper, got "long"'],
    [['toy', '--out', ''], '--out must name a file, got nothing'],
  ])('%j is a wrong request', async (argv, message) => {
    const { code, stdout, stderr } = await inProcess(['reproduce', ...argv]);
    expect(stderr).toContain(message);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });

  it('refuses what it could not keep before anything is measured', async () => {
    const folder = await freshFolder();
    const file = join(folder, 'file');
    await writeFile(file, '');
    for (const [argv, message] of [
      [['--out', join(file, 'page.html')], `${file} must be a folder that can be written to`],
      [
        ['--out', join(folder, 'page.html'), '--plots', file],
        `${file} must be a folder that can be written to`,
      ],
      [['--out', folder], `${folder} must be a file, but is a folder`],
    ] as const) {
      const { code, stdout, stderr } = await inProcess(['reproduce', 'toy', ...argv]);
      expect(stderr).toContain(message);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    }
    expect(await readdir(folder)).toEqual(['file']);
  });
});

describe('the progress of a measurement', () => {
  /** What is printed while the clock advances. */
  function printed(live: boolean, events: readonly (readonly [seconds: number, share: number])[]): string[] {
    const lines: string[] = [];
    let now = 0;
    const push = (line: string) => void lines.push(line);
    const terminal = {
      stdout: push,
      json: push,
      stderr: push,
      draw: push,
      live,
      columns: 80,
      ink: ink(false),
      stdoutInk: ink(false),
    };
    const progress = new ShareProgress(terminal, () => now);
    for (const [seconds, share] of events) {
      now = 1000 * seconds;
      progress.at(share);
    }
    progress.clear();
    return lines;
  }

  it('is drawn over, with the time that is left, and taken away', () => {
    const lines = printed(true, [
      [0.05, 0.1],
      [1, 0.25],
    ]);
    expect(lines).toEqual(['\r\u001b[2K 25 %  3 s left', '\r\u001b[2K']);
  });

  it('is a line every ten seconds where nothing can be drawn over', () => {
    const lines = printed(false, [
      [9, 0.1],
      [11, 0.5],
      [20, 0.6],
      [22, 0.8],
    ]);
    expect(lines).toEqual([' 50 %  11 s left', ' 80 %  6 s left']);
  });
});
