import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateTerrain, writeNpy } from '@aimle/datasets';
import { key } from '@aimle/random';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cli } from './spawnCli.js';

let folder: string;
const counts = ['trainCount=40', 'validationCount=10', 'testCount=10', 'batchSize=10'];
const small = ['train', 'path', '--size', '4', '--steps', '4', ...counts.flatMap((pair) => ['--set', pair])];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aimle-paths-'));
  const { code, stderr } = await cli([...small, '--run', 'run'], { cwd: folder });
  expect(code, stderr).toBe(0);
  const { pictures } = generateTerrain({ count: 1, height: 5, width: 6, key: key(0) });
  await writeFile(join(folder, 'map.npy'), writeNpy({ dtype: 'u1', shape: [40, 48, 3], data: pictures }));
});

afterAll(() => rm(folder, { recursive: true }));

describe('train path', () => {
  it('ends with a report that draws maps with their paths', async () => {
    const report = await readFile(join(folder, 'run', 'report.html'), 'utf8');
    expect(report).toContain('Shortest paths on maps');
    expect(report.match(/<img src="data:image\/svg/g)).toHaveLength(8);
  });

  it('says what to do where the Warcraft maps are not there', async () => {
    const { code, stderr } = await cli(['train', 'path', '--data', 'warcraft', '--run', 'war'], {
      cwd: folder,
    });
    expect(code).toBe(2);
    expect(stderr).toContain('put warcraft_shortest_path_oneskin there, or take data terrain');
  });
});

describe('predict path', () => {
  it('answers the steps of the path and the cost of each cell, and draws them', async () => {
    const words = ['predict', 'path', 'run', 'map.npy', '--output', 'path.svg', '--json'];
    const { code, stdout, stderr } = await cli(words, { cwd: folder });
    expect(code, stderr).toBe(0);
    const { path, costs, ...rest } = JSON.parse(stdout);
    expect(rest).toEqual({ task: 'path', run: 'run', file: 'map.npy', height: 5, width: 6 });
    expect([path[0], path.at(-1)]).toEqual([
      [0, 0],
      [4, 5],
    ]);
    expect(costs.map((row: number[]) => row.length)).toEqual([6, 6, 6, 6, 6]);
    const svg = await readFile(join(folder, 'path.svg'), 'utf8');
    expect(svg).toContain('viewBox="0 0 48 40"');
  });

  it('refuses what it cannot use', async () => {
    await writeFile(join(folder, 'text.png'), 'no picture');
    for (const [words, message] of [
      [['run', 'absent.png'], 'absent.png cannot be read'],
      [['run', 'text.png'], 'text.png: must be a PNG picture or .npy'],
      [['nowhere', 'map.npy'], 'nowhere holds no run'],
      [['run', 'map.npy', '--output', 'path.png'], '--output must be a .svg file, got "path.png"'],
    ] as const) {
      const { code, stdout, stderr } = await cli(['predict', 'path', ...words], { cwd: folder });
      expect(stderr).toContain(message);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    }
  });
});
