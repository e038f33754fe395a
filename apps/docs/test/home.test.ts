import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { film } from '../pictures/film.js';
import { cheapest, learn, type Pathfinder, untrained } from '../src/home/pathfinder.js';
import { pathPicture, said } from '../src/home/pathPicture.js';
import { bogMap } from '../src/playgrounds/shortest-path/bogMap.js';
import { CELLS, kinds } from '../src/playgrounds/shortest-path/terrain.js';

const bog = kinds.findIndex(({ name }) => name === 'bog');

function after(steps: number): Pathfinder {
  let finder = untrained();
  for (let step = 0; step < steps; step++) finder = learn(finder);
  return finder;
}

test('a model that knows nothing walks through the bog, and costs more than twice the cheapest path', () => {
  const { path, regret } = untrained();
  const map = bogMap();
  expect(map).toHaveLength(CELLS);
  expect(path.filter((one, cell) => one === 1 && map[cell] === bog).length).toBeGreaterThan(4);
  expect(regret).toBeGreaterThan(1);
});

test('after 26 steps it walks the cheapest path, and orders meadow, forest and bog by their costs', () => {
  const { path, costs, regret } = after(26);
  expect(path).toEqual(cheapest);
  expect(regret).toBe(0);
  expect(costs[0]).toBeLessThan(costs[1]!);
  expect(costs[1]).toBeLessThan(costs[2]!);
});

test('the picture shows both paths and says which is cheaper', () => {
  const picture = pathPicture(after(26));
  const points = [...picture.matchAll(/class="(cheapest|found)" points="([^"]+)"/g)];
  expect(points.map(([, name]) => name)).toEqual(['cheapest', 'found']);
  expect(points[0]?.[2]).toBe(points[1]?.[2]);
  expect(said(untrained())).toMatch(/^Step 0: .* costs \d+% more than the cheapest one\.$/);
  expect(said(after(26))).toBe('Step 26: the network’s path is the cheapest one.');
});

test('the film in the README is drawn by the code of today, and is small', () => {
  const committed = readFileSync(new URL('../pages/public/film.svg', import.meta.url), 'utf8');
  expect(committed).toBe(film());
  expect(committed.length).toBeLessThan(100_000);
});
