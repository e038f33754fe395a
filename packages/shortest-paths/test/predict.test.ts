import { generateTerrain, writeNpy } from '@aimle/datasets';
import { foldIn, key } from '@aimle/random';
import { memoryStore, trainTask } from '@aimle/training';
import { encode } from 'fast-png';
import { expect, test } from 'vitest';
import { openPathPredictor, pathMetrics, readPicture, shortestPaths, withPaths } from '../src/index.js';

const colours = Uint8Array.from({ length: 16 * 24 * 3 }, (_, i) => (i * 7) % 256);
const png = (channels: 1 | 3 | 4, data: Uint8Array, width = 24, height = 16): Uint8Array =>
  Uint8Array.from(encode({ width, height, data, channels, depth: 8 }));

test('a picture is the same from PNG and .npy, transparency left out', () => {
  const expected = { height: 2, width: 3, pixels: colours };
  expect(readPicture(png(3, colours), 'map.png')).toEqual(expected);
  const transparent = Uint8Array.from({ length: 16 * 24 * 4 }, (_, i) =>
    i % 4 === 3 ? 9 : colours[3 * Math.floor(i / 4) + (i % 4)]!,
  );
  expect(readPicture(png(4, transparent), 'map.png')).toEqual(expected);
  expect(readPicture(writeNpy({ dtype: 'u1', shape: [16, 24, 3], data: colours }), 'map.npy')).toEqual(
    expected,
  );
  const grey = colours.subarray(0, 16 * 24);
  expect(readPicture(png(1, grey), 'map.png').pixels.slice(0, 6)).toEqual(Uint8Array.of(0, 0, 0, 7, 7, 7));
});

test.each<[string, Uint8Array, string, RegExp]>([
  ['no picture', Uint8Array.of(1, 2, 3), 'map.png', /map.png: must be a PNG picture or .npy/],
  [
    'sides',
    png(3, new Uint8Array(15 * 24 * 3), 24, 15),
    'map.png',
    /multiples of 8 and at least 16, got 24 by 15/,
  ],
  [
    'a shape',
    writeNpy({ dtype: 'u1', shape: [16, 16], data: new Uint8Array(256) }),
    'map.npy',
    /got u1 \[16, 16\]/,
  ],
])('what cannot be a picture is told: %s', (_, bytes, file, message) => {
  expect(() => readPicture(bytes, file)).toThrow(message);
});

test('a predictor finds the paths that the run was tested with', async () => {
  const counts = { trainCount: 60, validationCount: 10, testCount: 6 };
  const config = { ...shortestPaths.presets.quick, size: 5, steps: 30, ...counts };
  const run = memoryStore('small');
  const { metrics } = await trainTask(shortestPaths, config, { run, dataFolder: '' });
  const predictor = await openPathPredictor(run);
  const origin = foldIn(key('terrain'), 'test');
  const maps = withPaths(generateTerrain({ count: 6, height: 5, width: 5, key: origin }));
  const size = maps.pictures.length / 6;
  const paths: number[] = [];
  for (let map = 0; map < 6; map++) {
    const pixels = maps.pictures.subarray(map * size, (map + 1) * size);
    paths.push(...(await predictor.predict({ height: 5, width: 5, pixels })).path);
  }
  expect(pathMetrics(Uint8Array.from(paths), maps)).toEqual(metrics.test);
  const wide = generateTerrain({ count: 1, height: 4, width: 7, key: key(5) });
  const { steps, costs } = await predictor.predict({ height: 4, width: 7, pixels: wide.pictures });
  expect([steps[0], steps.at(-1), costs.length]).toEqual([[0, 0], [3, 6], 28]);
  predictor.dispose();
});
