import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { readNpy } from '@aimle/datasets';
import { neuralRelationalInference as nri, simulateGraphLayout } from '@aimle/neural-relational-inference';
import { key } from '@aimle/random';
import { makeConfig } from '@aimle/training';
import { beforeAll, describe, expect, it } from 'vitest';
import { givenSettings } from '../src/options/taskSettings.js';
import { inProcess } from './inProcess.js';
import { cli, freshFolder } from './spawnCli.js';

const { quick, paper } = nri.presets;

const few = ['hidden=6', 'batchSize=8', 'trainCount=32', 'validationCount=8', 'testCount=8'].flatMap(
  (pair) => ['--set', pair],
);
const names = ['ant', 'bee', 'cat', 'dog'];

/** Recordings as a table, and their edges as another. */
function tables(count: number): { recordings: string; edges: string } {
  const { positions, edges } = simulateGraphLayout({ count, vertices: 4, frames: 3, key: key(1) });
  const [rows, pairs] = [['sample,time,vertex,x,y'], ['sample,from,to']];
  for (let i = 0; i < count; i++) {
    for (let t = 0; t < 3; t++) {
      for (let v = 0; v < 4; v++) {
        const at = (i * 3 + t) * 8 + v;
        rows.push([`s${i}`, t, names[v], positions[at], positions[at + 4]].join());
      }
    }
    for (let a = 0; a < 4; a++) {
      for (let b = a + 1; b < 4; b++)
        if (edges[16 * i + 4 * a + b] === 1) pairs.push(`s${i},${names[a]},${names[b]}`);
    }
  }
  return { recordings: rows.join('\n'), edges: pairs.join('\n') };
}

let folder = '';
let trained = '';
beforeAll(async () => {
  folder = await freshFolder();
  const { recordings, edges } = tables(40);
  await writeFile(join(folder, 'mine.csv'), recordings);
  await writeFile(join(folder, 'mine-edges.csv'), edges);
  const argv = ['--data', 'mine.csv', '--edges', 'mine-edges.csv', '--steps', '2', '--run', 'run', '--json'];
  const { stdout, stderr } = await cli(['train', 'nri', ...argv, ...few], { cwd: folder });
  trained = stdout || stderr;
});

describe('train nri', () => {
  it('trains on your own table, measured by its edges', () => {
    const { metrics, data, method } = JSON.parse(trained);
    expect(method).toBe('aimle');
    expect(data).toMatch(/\b4 vertices, 3 frames\b.*\b32\b.*\b4\b.*\b4\b/);
    expect(metrics.test.precision).toBe(metrics.test.recall);
    expect(metrics.test.official.precision).toBeGreaterThan(0);
  });

  it('takes every method, structure and baseline', () => {
    for (const asked of [
      { method: 'stochastic-softmax', structure: 'top-k', relaxation: '0.25' },
      { method: 'score-function', baseline: 'leave-one-out', samples: '4' },
      { method: 'nvil', structure: 'independent' },
    ]) {
      const config = makeConfig(nri, 'quick', givenSettings(nri, asked, []));
      for (const [name, value] of Object.entries(asked)) {
        expect(String(config[name as keyof typeof config])).toBe(value);
      }
    }
    const own = givenSettings(nri, { data: 'b.npy', edges: '/a/e.csv', structure: 'arborescence' }, []);
    expect(makeConfig(nri, 'quick', own)).toMatchObject({ data: resolve('b.npy'), edges: '/a/e.csv' });
  });

  it("takes the paper's settings for its other cases as the README writes them", async () => {
    const readme = await readFile(
      new URL('../../../packages/neural-relational-inference/README.md', import.meta.url),
      'utf8',
    );
    const commands = [...readme.matchAll(/`aimle train nri (--preset paper --[^`]+)`/g)].map(
      ([, options]) => options!,
    );
    const asked = commands.map((options) => {
      const given = [...options.matchAll(/--(\w+) (\S+)/g)].map(
        ([, name, value]) => [name!, value!] as const,
      );
      const set = given.filter(([name]) => name === 'set').map(([, value]) => value);
      const config = makeConfig(nri, 'paper', givenSettings(nri, Object.fromEntries(given), set));
      const { frames, difference, temperature, learningRate, predictionSteps, perturbation, steps } = config;
      return { frames, difference, temperature, learningRate, predictionSteps, perturbation, steps };
    });
    const published = { learningRate: 5e-4, perturbation: 'paper', steps: 50_000 };
    expect(asked).toEqual([
      { ...published, frames: 10, difference: 'central', temperature: 0.1, predictionSteps: 9 },
      { ...published, frames: 20, difference: 'forward', temperature: 0.1, predictionSteps: 10 },
      { ...published, frames: 20, difference: 'central', temperature: 1, predictionSteps: 10 },
    ]);
  });

  it('names the defaults that its presets have', async () => {
    const help = (await inProcess(['train', 'nri', '--help'])).stdout.replace(/\s+/g, ' ');
    expect(help).toContain(`${quick.epochs} in quick, ${paper.epochs} in paper`);
    for (const name of [
      'method',
      'structure',
      'samples',
      'noise',
      'temperature',
      'lambda',
      'relaxation',
      'baseline',
      'frames',
      'vertices',
      'data',
      'seed',
    ] as const) {
      expect(quick[name]).toBe(paper[name]);
      expect(help).toMatch(new RegExp(`--${name} <[^<]*\\(default: ${quick[name]}\\)`));
    }
  });

  it.each([
    [['--method', 'sst'], '--method must be one of aimle, imle, straight-through, stochastic-softmax'],
    [['--structure', 'forest'], '--structure must be one of tree, arborescence, top-k, independent'],
    [
      ['--noise', 'gumbel', '--method', 'nvil'],
      '--noise does nothing with --method nvil, only with aimle, imle',
    ],
    [['--baseline', 'none'], '--baseline does nothing with --method aimle, only with score-function'],
    [['--relaxation', '1'], '--relaxation does nothing with --method aimle, only with stochastic-softmax'],
    [['--lambda', '1', '--method', 'score-function'], '--lambda does nothing with --method score-function'],
    [
      ['--data', 'fish.txt'],
      '--data must be one of simulated, files, a .npy file, a .csv file, a .tsv file, got "fish.txt"',
    ],
    [['--edges', 'e.csv'], '--edges does nothing with --data simulated, only with a .npy file, a .csv file'],
    [
      ['--data', 'a.csv', '--edges', 'e'],
      '--edges must be a .npy file or a .csv file or a .tsv file, got "e"',
    ],
    [['--data', 'a.csv', '--vertices', '3'], 'a.csv, only with simulated, files; leave one out'],
  ])('refuses %j', async (argv, message) => {
    const { code, stdout, stderr } = await inProcess(['train', 'nri', ...argv]);
    expect(stderr).toContain(message);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });

  it('tells what is wrong with recordings before a step is made', async () => {
    await writeFile(join(folder, 'lonely.csv'), 'sample,time,vertex,x\n1,0,a,0\n1,1,a,1');
    await writeFile(join(folder, 'cyclic.csv'), 'from,to\nant,bee\nbee,cat\ncat,ant\n');
    for (const [argv, message] of [
      [['--data', 'lonely.csv'], 'lonely.csv: vertices must be an integer of at least 2, got 1'],
      [['--data', 'absent.csv'], `there is no file ${join(folder, 'absent.csv')}`],
      [
        ['--data', 'mine.csv', '--edges', 'cyclic.csv'],
        'cyclic.csv: edges must be a spanning tree, got a graph in',
      ],
      [['--structure', 'arborescence'], 'structure must be tree, top-k or independent for graph layouts'],
    ] as const) {
      const { code, stdout, stderr } = await cli(['train', 'nri', ...argv, '--run', 'bad'], { cwd: folder });
      expect(stderr).toContain(message);
      expect(stderr).not.toContain('    at ');
      expect({ code: code === 0, stdout }).toEqual({ code: false, stdout: '' });
    }
  });
});

describe('predict nri', () => {
  it('answers every edge with its probability, and writes them all', async () => {
    const argv = ['predict', 'nri', 'run', 'mine.csv', '--draws', '20', '--output', 'edges.npy', '--json'];
    const { code, stdout, stderr } = await cli(argv, { cwd: folder });
    expect(code, stderr).toBe(0);
    const found = JSON.parse(stdout);
    expect(found).toMatchObject({ task: 'nri', directed: false, draws: 20, seed: 0, vertices: names });
    expect(found.recordings.map(({ sample }: { sample: string }) => sample).slice(0, 2)).toEqual([
      's0',
      's1',
    ]);
    const { shape, data } = readNpy(await readFile(join(folder, 'edges.npy')), 'edges.npy');
    expect(shape).toEqual([40, 4, 4]);
    for (const [i, { edges }] of found.recordings.entries()) {
      let sum = 0;
      for (const { from, to, probability } of edges) {
        sum += probability;
        const [a, b] = [names.indexOf(from), names.indexOf(to)];
        expect(data[16 * i + 4 * a + b]).toBeCloseTo(probability, 5);
        expect(data[16 * i + 4 * b + a]).toBeCloseTo(probability, 5);
      }
      // A tree of four vertices has three edges.
      expect(sum).toBeCloseTo(3, 3);
    }
  });

  it('shows the most probable edges of a few recordings as a table', async () => {
    const { code, stdout, stderr } = await cli(['predict', 'nri', 'run', 'mine.csv'], { cwd: folder });
    expect(code).toBe(0);
    const [heading, ...rows] = stdout.trimEnd().split('\n');
    expect(heading).toMatch(/^sample +from +to +probability$/);
    expect(rows.length).toBe(15);
    for (const row of rows) expect(row).toMatch(/^s[0-4] +(ant|bee|cat|dog) +(ant|bee|cat|dog) +[01]\.\d\d$/);
    expect(stderr).toMatch(/\b5 of 40\b.*\b3\b/);
  });

  it('refuses what it cannot use', async () => {
    await writeFile(
      join(folder, 'long.csv'),
      `${tables(1).recordings}\n${names.map((v) => `s0,9,${v},0,0`).join('\n')}`,
    );
    for (const [argv, message, wrong] of [
      [['run', 'absent.csv'], 'there is no file absent.csv', 2],
      [['nowhere', 'mine.csv'], 'nowhere holds no run', 2],
      [['run', 'long.csv'], 'frames of the recordings must be those of training, 3, got 4', 1],
      [['run', 'mine-edges.csv'], 'columns must have time, got sample, from, to', 2],
      [['run', 'mine.csv', '--draws', '0'], '--draws must be an integer of at least 1, got "0"', 2],
      [['run', 'mine.csv', '--output', 'x.csv'], '--output must be a .npy file, got "x.csv"', 2],
    ] as const) {
      const { code, stdout, stderr } = await cli(['predict', 'nri', ...argv], { cwd: folder });
      expect(stderr).toContain(message);
      expect({ code, stdout }).toEqual({ code: wrong, stdout: '' });
    }
  });
});
