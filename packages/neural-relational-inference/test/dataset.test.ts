import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readNpy, writeNpy } from '@aimle/datasets';
import { key } from '@aimle/random';
import { afterAll, describe, expect, test } from 'vitest';
import {
  graphLayoutDataset,
  motionsFromNpy,
  readGraphLayout,
  simulateGraphLayout,
  simulateInThreads,
} from '../src/index.js';

const folders: string[] = [];
async function temporary(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'nri-'));
  folders.push(folder);
  return folder;
}
afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true });
});

const set = graphLayoutDataset({ train: 30, valid: 7, test: 5 });
const first = 'data_train_novar_1skip_10t_1r_graph10.npy';

describe('threads', () => {
  test('give the same numbers, however many they are, and report progress', async () => {
    const options = { count: 2500, from: 100, frames: 2, vertices: 4, key: key(8) };
    const alone = simulateGraphLayout(options);
    for (const threads of [1, 2, 3]) {
      const reported: number[] = [];
      const together = await simulateInThreads({
        ...options,
        threads,
        onProgress: (done) => reported.push(done),
      });
      expect(together).toEqual(alone);
      expect(reported).toHaveLength(3);
      expect(reported.at(-1)).toBe(2500);
    }
  });

  test('stop at the signal', async () => {
    const stop = new AbortController();
    const run = simulateInThreads({
      count: 50_000,
      key: key(0),
      threads: 2,
      signal: stop.signal,
      onProgress: () => stop.abort(new Error('enough')),
    });
    await expect(run).rejects.toThrow('enough');
  });

  test('are at least one', async () => {
    await expect(simulateInThreads({ count: 1, key: key(0), threads: 0 })).rejects.toThrow(
      'threads must be an integer in [1, 256], got 0',
    );
  });
});

describe('the data set', () => {
  test('is written under the official names, and reports progress', async () => {
    const folder = await temporary();
    expect((await set.status(folder)).state).toBe('missing');
    const reported: string[] = [];
    const status = await set.get(folder, { onProgress: ({ message }) => reported.push(message) });
    expect(status.state).toBe('ready');
    expect(reported).toEqual([
      'train: simulated 30 of 30',
      'valid: simulated 7 of 7',
      'test: simulated 5 of 5',
    ]);
    const names = (await readdir(join(folder, 'graph-layout'))).sort();
    expect(names).toHaveLength(13);
    expect(names).toContain(first);
    expect(names).toContain('edges_valid_novar_1skip_20t_1r_graph10.npy');
    for (const { path, bytes } of status.files) expect((await readFile(path!)).length).toBe(bytes);
    const data = readNpy(await readFile(join(folder, 'graph-layout', first)));
    expect(data.shape).toEqual([30, 10, 2, 10]);
    const long = await readGraphLayout(folder, 'train', 20);
    const short = await readGraphLayout(folder, 'train', 10);
    expect(short!.edges).toEqual(long!.edges);
    expect(short!.positions.slice(200, 400)).toEqual(long!.positions.slice(400, 600));
    expect(await set.verify(folder)).toMatchObject({ ok: true });
  });

  test('makes again what is missing or damaged, and nothing else', async () => {
    const folder = await temporary();
    await set.get(folder);
    const own = join(folder, 'graph-layout');
    const whole = await readFile(join(own, first));
    const damaged = Uint8Array.from(whole);
    damaged[1000]! ^= 1;
    await writeFile(join(own, first), damaged);
    await rm(join(own, 'edges_test_novar_1skip_10t_1r_graph10.npy'));
    expect((await set.status(folder)).state).toBe('partial');
    const check = await set.verify(folder);
    expect(check.ok).toBe(false);
    const problems = check.files
      .filter(({ problem }) => problem !== null)
      .map(({ name, problem }) => `${name}: ${problem}`);
    expect(problems).toHaveLength(3);
    expect(problems[0]).toMatch(/data_train.*10t.*SHA-256 must be/);
    expect(problems[1]).toMatch(/data_test.*10t.*its edges are missing/);
    expect(problems[2]).toMatch(/edges_test.*10t.*missing; `aimle data get graph-layout` makes it/);
    const reported: string[] = [];
    await set.get(folder, { onProgress: ({ message }) => reported.push(message) });
    expect(reported).toEqual(['train: simulated 30 of 30', 'test: simulated 5 of 5']);
    expect((await readFile(join(own, first))).equals(whole)).toBe(true);
    expect((await set.verify(folder)).ok).toBe(true);
  });

  test('leaves other files alone, in double precision or not, and checks that they are layouts', async () => {
    const folder = await temporary();
    await set.get(folder);
    const own = join(folder, 'graph-layout');
    await rm(join(own, 'checksums.json'));
    const { positions, edges } = simulateGraphLayout({ count: 4, key: key(77) });
    const official = writeNpy({ dtype: 'f8', shape: [4, 10, 2, 10], data: Float64Array.from(positions) });
    await writeFile(join(own, first), official);
    const theirEdges = writeNpy({ dtype: 'f4', shape: [4, 10, 10], data: Float32Array.from(edges) });
    await writeFile(join(own, first.replace('data', 'edges')), theirEdges);
    expect((await set.verify(folder)).ok).toBe(true);
    await set.get(folder);
    expect((await readFile(join(own, first))).equals(official)).toBe(true);
    const bent = Float64Array.from(positions);
    bent[250]! += 1e-3;
    await writeFile(join(own, first), writeNpy({ dtype: 'f8', shape: [4, 10, 2, 10], data: bent }));
    const { ok, files } = await set.verify(folder);
    expect(ok).toBe(false);
    expect(files.find(({ problem }) => problem !== null)?.problem).toMatch(
      /frame 2 of recording 1 is not a layout step after the frame before: vertex \d is off by/,
    );
  });

  test('leaves no partial file behind when it is stopped', async () => {
    const folder = await temporary();
    const stop = new AbortController();
    const run = set.get(folder, { signal: stop.signal, onProgress: () => stop.abort(new Error('enough')) });
    await expect(run).rejects.toThrow('enough');
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('arrays of a user', () => {
  const positions = { dtype: 'f4', shape: [1, 2, 1, 2], data: Float32Array.of(1, 2, 3, 4) } as const;
  test('may have edges of -1 and 1', () => {
    const edges = { dtype: 'i4', shape: [1, 2, 2], data: Int32Array.of(-1, 1, 1, -1) } as const;
    expect([...motionsFromNpy(positions, edges, 'x').edges!]).toEqual([0, 1, 1, 0]);
    expect(motionsFromNpy(positions, null, 'x').edges).toBe(null);
  });
  test.each([
    [
      'positions must have shape [recordings, frames, dimensions, vertices], got [4, 1]',
      { ...positions, shape: [4, 1] },
      null,
    ],
    [
      'edges must have shape [1, 2, 2] beside positions of [1, 2, 1, 2], got [2, 2]',
      positions,
      { dtype: 'i4', shape: [2, 2], data: Int32Array.of(0, 1, 1, 0) },
    ],
    [
      'edges must be 0 or 1, or -1 and 1, got 2 at element 1',
      positions,
      { dtype: 'i4', shape: [1, 2, 2], data: Int32Array.of(0, 2, 2, 0) },
    ],
  ] as const)('are refused where %s', (message, data, edges) => {
    expect(() => motionsFromNpy(data, edges, 'x')).toThrow(message);
  });
});
