import { type Sense, travellingSalesman } from '../../src/index.js';
import type { SmallInstance, SolverEntry } from '../entry.js';
import { lexicographic } from '../enumeration.js';

export const tour: readonly SolverEntry[] = [
  { name: 'travellingSalesman', small: [3, 4, 5, 6, 7].map(tours) },
];

function tours(vertices: number): SmallInstance {
  return {
    label: `${vertices} vertices`,
    build: (sense: Sense) => travellingSalesman({ vertices, sense }),
    states: () => allTours(vertices),
  };
}

/** All tours from vertex 0, each in one of its two directions, lexicographically greatest first. */
function allTours(vertices: number): Uint8Array[] {
  const states: Uint8Array[] = [];
  const edge = new Map<string, number>();
  for (let i = 0; i < vertices; i++) {
    for (let j = i + 1; j < vertices; j++) {
      const index = edge.size / 2;
      edge.set(`${i}-${j}`, index).set(`${j}-${i}`, index);
    }
  }
  const go = (order: readonly number[]): void => {
    if (order.length < vertices) {
      for (let v = 1; v < vertices; v++) if (!order.includes(v)) go([...order, v]);
      return;
    }
    if (order[1]! > order[vertices - 1]!) return;
    const state = new Uint8Array((vertices * (vertices - 1)) / 2);
    order.forEach((v, i) => {
      state[edge.get(`${v}-${order[(i + 1) % vertices]}`)!] = 1;
    });
    states.push(state);
  };
  go([0]);
  return lexicographic(states);
}
