import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { key } from '@aimle/random';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  FormatError,
  generateTerrain,
  type NpyArray,
  readWarcraftMaps,
  terrainKinds,
  writeNpy,
} from '../src/index.js';

describe('generated terrain', () => {
  const size = { height: 12, width: 17 };

  test('depends on its key and place alone: a longer set begins with the shorter one', () => {
    const short = generateTerrain({ count: 2, ...size, key: key(1) });
    const long = generateTerrain({ count: 4, ...size, key: key(1) });
    expect(long.pictures.subarray(0, short.pictures.length)).toEqual(short.pictures);
    expect(long.costs.subarray(0, short.costs.length)).toEqual(short.costs);
    expect(generateTerrain({ count: 2, ...size, key: key(2) }).costs).not.toEqual(short.costs);
  });

  test('has the costs of its kinds, all of them in a few maps, in regions larger than a cell', () => {
    const { costs } = generateTerrain({ count: 20, ...size, key: key(0) });
    const known = terrainKinds.map(({ cost }) => cost);
    expect(new Set(costs)).toEqual(new Set(known));
    let [same, pairs] = [0, 0];
    costs.forEach((cost, cell) => {
      if (cell % size.width === 0) return;
      pairs++;
      same += cost === costs[cell - 1] ? 1 : 0;
    });
    expect(same / pairs).toBeGreaterThan(0.5);
  });

  test('shows each cell in the colour of its kind, in whatever light', () => {
    const { pictures, costs, cellPixels } = generateTerrain({ count: 5, height: 6, width: 6, key: key(3) });
    const line = 6 * cellPixels;
    costs.forEach((cost, cell) => {
      const [map, row, column] = [Math.floor(cell / 36), Math.floor((cell % 36) / 6), cell % 6];
      const mean = [0, 0, 0];
      // The middle of a cell, which ragged borders do not reach.
      for (let y = 2; y < 6; y++) {
        for (let x = 2; x < 6; x++) {
          const pixel = (map * line + row * cellPixels + y) * line + column * cellPixels + x;
          for (let channel = 0; channel < 3; channel++) mean[channel]! += pictures[3 * pixel + channel]! / 16;
        }
      }
      const [red, green, blue] = mean as [number, number, number];
      const kind = terrainKinds.find((each) => each.cost === cost)!.name;
      if (kind === 'water') expect(blue).toBeGreaterThan(1.2 * red);
      if (kind === 'forest' || kind === 'meadow') expect(green).toBeGreaterThan(Math.max(red, blue));
      if (kind === 'sand') expect(red).toBeGreaterThan(blue);
    });
  });

  test.each([
    [{ count: -1 }, 'count must be an integer in [0, 1000000], got -1'],
    [{ height: 1 }, 'height must be an integer in [2, 100], got 1'],
    [{ width: 2.5 }, 'width must be an integer in [2, 100], got 2.5'],
  ])('refuses %o', (change, message) => {
    expect(() => generateTerrain({ count: 1, ...size, key: key(0), ...change })).toThrow(message);
  });
});

describe('the Warcraft files', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'warcraft-'));
    await mkdir(join(folder, 'warcraft_shortest_path_oneskin', '2x2'), { recursive: true });
  });

  afterEach(() => rm(folder, { recursive: true }));

  const write = (name: string, array: NpyArray): Promise<void> =>
    writeFile(join(folder, 'warcraft_shortest_path_oneskin', '2x2', `${name}.npy`), writeNpy(array));
  const bytes = (shape: number[], from = 0): NpyArray => ({
    dtype: 'u1',
    shape,
    data: Uint8Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => (from + i) % 251),
  });
  const costs = (count: number, least = 1): NpyArray => ({
    dtype: 'f4',
    shape: [count, 2, 2],
    data: Float32Array.from({ length: 4 * count }, (_, i) => least + i),
  });
  const path = Uint8Array.of(1, 0, 0, 1);
  const paths = (count: number): NpyArray => ({
    dtype: 'u1',
    shape: [count, 2, 2],
    data: Uint8Array.from({ length: 4 * count }, (_, i) => path[i % 4]!),
  });
  const load = (count?: number) =>
    readWarcraftMaps({ folder, size: 2, split: 'val', ...(count !== undefined && { count }) });

  test('are read under their published names, as many as asked for', async () => {
    await write('val_maps', bytes([3, 16, 16, 3]));
    await write('val_vertex_weights', costs(3));
    await write('val_shortest_paths', paths(3));
    const maps = (await load(2))!;
    expect(maps).toMatchObject({ source: 'file', count: 2, height: 2, width: 2, cellPixels: 8 });
    expect([...maps.costs]).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect([...maps.paths!]).toEqual([...path, ...path]);
    expect(maps.pictures).toEqual(bytes([2, 16, 16, 3]).data);
  });

  test('may come in parts, of which those are read that are needed', async () => {
    await write('val_maps_part0', bytes([2, 16, 16, 3]));
    await write('val_maps_part1', bytes([2, 16, 16, 3], 7));
    await write('val_vertex_weights', costs(4));
    await write('val_shortest_paths_part0', paths(3));
    await write('val_shortest_paths_part1', paths(1));
    const maps = (await load())!;
    expect([maps.count, maps.costs.length, maps.paths!.length]).toEqual([4, 16, 16]);
    expect(maps.pictures[2 * 16 * 16 * 3]).toBe(7);
    await rm(join(folder, 'warcraft_shortest_path_oneskin', '2x2', 'val_maps_part1.npy'));
    expect((await load(2))!.count).toBe(2);
  });

  test('are null where there are none', async () => {
    expect(await load()).toBeNull();
  });

  test.each<[string, [string, NpyArray][], RegExp]>([
    [
      'another size',
      [['val_maps', bytes([3, 8, 16, 3])]],
      /shape must be \[maps, 16, 16, 3\], got \[3, 8, 16, 3\]/,
    ],
    ['another type', [['val_maps', { ...costs(1), shape: [1, 4] }]], /must be of type u1, got f4/],
    [
      'costs that are missing',
      [['val_maps', bytes([1, 16, 16, 3])]],
      /val_vertex_weights.npy is missing beside/,
    ],
    [
      'fewer costs than maps',
      [
        ['val_maps', bytes([2, 16, 16, 3])],
        ['val_vertex_weights', costs(1)],
      ],
      /must be of 2 maps, .* got 1/,
    ],
    [
      'a cost of 0',
      [
        ['val_maps', bytes([1, 16, 16, 3])],
        ['val_vertex_weights', costs(1, 0)],
        ['val_shortest_paths', paths(1)],
      ],
      /costs must be positive, got 0 at 0/,
    ],
  ])('that are wrong are told apart: %s', async (_, files, message) => {
    for (const [name, array] of files) await write(name, array);
    await expect(load()).rejects.toThrow(message);
    await expect(load()).rejects.toBeInstanceOf(FormatError);
  });

  test('of fewer maps than asked for are an error that tells how many there are', async () => {
    await write('val_maps', bytes([1, 16, 16, 3]));
    await expect(load(5)).rejects.toThrow(/5 maps are asked for, and it has 1/);
  });
});
