import type { Figure } from '@aimle/training';
import { drawMap } from './drawMap.js';
import { mapsFrom, type PathMaps, shortest } from './maps.js';
import { CELL_PIXELS } from './network.js';
import { pathMetrics } from './pathMetrics.js';

const DRAWN_PIXELS = 18;

export function figuresOf(maps: PathMaps, costs: Float32Array): Figure[] {
  const { count, height, width } = maps;
  const predicted = shortest(costs, maps);
  return [
    {
      kind: 'drawings',
      name: 'paths',
      title: 'Shortest paths on maps',
      caption:
        'Maps the network never saw. Red: the shortest path under the predicted costs. Dashed: the true one.',
      columns: Math.min(4, count),
      width: DRAWN_PIXELS * width,
      height: DRAWN_PIXELS * height,
      drawings: Array.from({ length: count }, (_, index) => {
        const map = mapsFrom(maps, index, 1);
        const path = predicted.subarray(index * height * width, (index + 1) * height * width);
        const ratio = pathMetrics(path, map).cost_ratio.toFixed(3);
        return {
          label: `map ${index + 1}: the predicted path costs ${ratio} times what the best one does`,
          svg: drawMap({ height, width, picture: map.pictures, path, truth: map.paths }),
        };
      }),
    },
    {
      kind: 'images',
      name: 'costs',
      title: 'Costs of cells',
      caption:
        'Costs on the same maps, the highest of each in white. Paths do not tell how large all costs together are.',
      columns: count,
      width: CELL_PIXELS * width,
      height: CELL_PIXELS * height,
      rows: [
        { label: 'true', pixels: greyLevels(maps.costs, maps) },
        { label: 'predicted', pixels: greyLevels(costs, maps) },
      ],
    },
  ];
}

function greyLevels(costs: Float32Array, { count, height, width }: PathMaps): string {
  let text = '';
  for (let map = 0; map < count; map++) {
    const own = costs.subarray(map * height * width, (map + 1) * height * width);
    const highest = own.reduce((most, cost) => Math.max(most, cost), 0);
    for (let y = 0; y < height * CELL_PIXELS; y++) {
      for (let x = 0; x < width * CELL_PIXELS; x++) {
        const cell = Math.floor(y / CELL_PIXELS) * width + Math.floor(x / CELL_PIXELS);
        text += String.fromCharCode(Math.round((255 * own[cell]!) / highest));
      }
    }
  }
  return btoa(text);
}
