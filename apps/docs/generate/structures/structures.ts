import * as solvers from '@aimle/solvers';
import { allPairs, solved } from '../drawing.js';
import { ownStructures } from './ownStructures.js';
import { circle, graph } from './pictures/graph.js';
import { cells, items } from './pictures/items.js';
import { dependencies, spans, trellis } from './pictures/sequence.js';
import type { Point } from './pictures/svg.js';
import { type Structure, scores } from './structure.js';

const places: readonly Point[] = [
  [30, 40],
  [120, 24],
  [214, 62],
  [60, 140],
  [160, 128],
  [236, 176],
  [104, 214],
];
/** How far apart the ends of an edge are. */
const distance = ([u, v]: readonly [number, number]): number =>
  Math.hypot(places[u]![0] - places[v]![0], places[u]![1] - places[v]![1]);
const distances = allPairs(places.length).map(distance);
/** One-way roads between the places, for paths and cuts. */
const road = { from: 0, to: 5, edges: [0, 1, 0, 3, 1, 2, 1, 4, 3, 4, 3, 6, 4, 5, 4, 2, 6, 4, 2, 5, 6, 5] };
const roadPairs = Array.from({ length: road.edges.length / 2 }, (_, e): [number, number] => [
  road.edges[2 * e]!,
  road.edges[2 * e + 1]!,
]);

function onRoads(caption: string, solver: solvers.Solver, theta: readonly number[]): string {
  const filled = (vertex: number): boolean => vertex === road.from || vertex === road.to;
  return graph(caption, { edges: roadPairs, z: solved(solver, theta), places, directed: true, filled });
}

/** Every structure, in the order of the overview. */
export const structures: readonly Structure[] = [
  {
    page: 'categorical',
    title: 'One of n',
    names: ['categorical'],
    caption: 'Eight scores, and the largest.',
    picture: (caption) => items(caption, scores, solved(solvers.categorical({ size: 8 }), scores)),
  },
  {
    page: 'bernoulli',
    title: 'Independent bits',
    names: ['bernoulli'],
    caption: 'Eight scores, and all that are positive.',
    picture: (caption) => items(caption, scores, solved(solvers.bernoulli({ size: 8 }), scores)),
  },
  {
    page: 'k-subset',
    title: 'k of n',
    names: ['topK'],
    distributions: ['plackettLuce'],
    caption: 'Eight scores, and the best three.',
    picture: (caption) => items(caption, scores, solved(solvers.topK({ size: 8, k: 3 }), scores)),
  },
  {
    page: 'between-k-subset',
    title: 'Between low and high of n',
    names: ['betweenK', 'atMostK'],
    caption: 'Eight scores, and up to four of the best positive ones.',
    picture: (caption) => items(caption, scores, solved(solvers.atMostK({ size: 8, k: 4 }), scores)),
  },
  {
    page: 'ranking',
    title: 'Ranking',
    names: ['ranking'],
    caption: 'Eight scores, and the rank of each.',
    picture: (caption) => {
      const ranks = solved(solvers.ranking({ size: 8 }), scores);
      return items(caption, scores, new Float32Array(8), [...ranks].map(String));
    },
  },
  {
    page: 'assignment',
    title: 'Assignment and permutation',
    names: ['assignment', 'permutation'],
    caption: 'Five rows, six columns: each row gets its own column.',
    picture(caption) {
      const theta = Float32Array.from({ length: 30 }, (_, i) => (i * 37) % 50);
      const z = solved(solvers.assignment({ left: 5, right: 6 }), theta);
      return cells(caption, z, 5, 6, (row, column) => String(theta[row * 6 + column]));
    },
  },
  {
    page: 'perfect-matching',
    title: 'Perfect matching',
    names: ['perfectMatching'],
    caption: 'Six places, and the pairs with the smallest total distance.',
    picture(caption) {
      const edges = allPairs(6);
      const solver = solvers.perfectMatching({ vertices: 6, sense: 'minimise' });
      const z = solved(solver, edges.map(distance));
      return graph(caption, { edges, z, places: places.slice(0, 6) });
    },
  },
  {
    page: 'spanning-tree',
    title: 'Spanning tree',
    names: ['spanningTree'],
    caption: 'Seven places, all distances, and the tree of the smallest total length.',
    picture(caption) {
      const z = solved(solvers.spanningTree({ vertices: 7, sense: 'minimise' }), distances);
      return graph(caption, { edges: allPairs(7), z, places });
    },
  },
  {
    page: 'arborescence',
    title: 'Spanning arborescence',
    names: ['arborescence'],
    caption:
      'Five vertices, edges in both directions between every two, and the best tree directed away from a root.',
    picture(caption) {
      const pairs = Array.from({ length: 20 }, (_, e): [number, number] => {
        const [parent, at] = [Math.floor(e / 4), e % 4];
        return [parent, at < parent ? at : at + 1];
      });
      const theta = pairs.map((_, e) => (e * 29) % 23);
      const z = solved(solvers.arborescence({ vertices: 5 }), theta);
      const root = [0, 1, 2, 3, 4].find((v) => !pairs.some(([, child], e) => child === v && z[e] === 1));
      return graph(caption, {
        edges: pairs,
        z,
        places: circle(5),
        directed: true,
        filled: (vertex) => vertex === root,
      });
    },
  },
  {
    page: 'grid-path',
    title: 'Path through a grid',
    names: ['gridPath'],
    caption: 'A terrain with walls, and the cells of the cheapest path from top left to bottom right.',
    picture(caption) {
      const theta = Float32Array.from({ length: 96 }, (_, i) => {
        const [row, column] = [Math.floor(i / 12), i % 12];
        return (column === 3 && row < 6) || (column === 7 && row > 1) ? 9 : 1;
      });
      const z = solved(solvers.gridPath({ height: 8, width: 12 }), theta);
      return cells(caption, z, 8, 12, (row, column) => (theta[row * 12 + column] === 9 ? '×' : ''));
    },
  },
  {
    page: 'graph-path',
    title: 'Path in a graph',
    names: ['graphPath'],
    caption: 'A network of one-way roads, and the shortest path from 0 to 5.',
    picture(caption) {
      return onRoads(caption, solvers.graphPath({ vertices: 7, ...road }), roadPairs.map(distance));
    },
  },
  {
    page: 'min-cut',
    title: 'Minimum cut',
    names: ['minCut'],
    caption: 'Capacities between seven vertices, and the cheapest edges whose removal separates 0 from 5.',
    picture(caption) {
      const theta = [4, 3, 2, 1, 2, 2, 3, 1, 2, 2, 1];
      return onRoads(caption, solvers.minCut({ vertices: 7, edges: road.edges, source: 0, sink: 5 }), theta);
    },
  },
  {
    page: 'travelling-salesman',
    title: 'Round tour',
    names: ['travellingSalesman'],
    caption: 'Seven places, and the shortest round tour.',
    picture(caption) {
      const z = solved(solvers.travellingSalesman({ vertices: 7, sense: 'minimise' }), distances);
      return graph(caption, { edges: allPairs(7), z, places });
    },
  },
  {
    page: 'chain',
    title: 'Linear chain',
    names: ['chain'],
    caption: 'Six positions, three labels, and the best sequence of labels.',
    picture(caption) {
      const solver = solvers.chain({ length: 6, labels: 3 });
      const theta = Float32Array.from({ length: solver.size }, (_, i) => (i * 31) % 17);
      const z = solved(solver, theta);
      const path = Array.from({ length: 6 }, (_, t) => [0, 1, 2].find((s) => z[t * 3 + s] === 1)!);
      return trellis(caption, 6, 3, path);
    },
  },
  {
    page: 'segmentation',
    title: 'Segmentation',
    names: ['segmentation'],
    caption: 'Eight positions cut into segments of at most four, each with one of two labels.',
    picture(caption) {
      const solver = solvers.segmentation({ length: 8, maxLength: 4, labels: 2 });
      const all = Array.from({ length: 8 }, (_, start) => start).flatMap((start) =>
        Array.from({ length: Math.min(4, 8 - start) * 2 }, (_, i) => ({
          start,
          length: Math.floor(i / 2) + 1,
          label: i % 2,
        })),
      );
      const z = solved(
        solver,
        all.map(({ length }, i) => length * ((i * 7) % 5)),
      );
      return spans(
        caption,
        8,
        2,
        all.filter((_, i) => z[i] === 1),
      );
    },
  },
  {
    page: 'projective-tree',
    title: 'Projective dependency tree',
    names: ['projectiveTree'],
    caption: 'A sentence, and its dependency tree: no two arcs cross.',
    picture(caption) {
      const words = ['root', 'the', 'dog', 'chased', 'a', 'cat'];
      const heads = [2, 3, 0, 5, 3];
      const n = heads.length;
      const at = (h: number, m: number): number =>
        h === 0 ? m - 1 : n + (h - 1) * (n - 1) + m - 1 - (m > h ? 1 : 0);
      const theta = new Float32Array(n * n);
      for (const [i, head] of heads.entries()) theta[at(head, i + 1)] = 1;
      const z = solved(solvers.projectiveTree({ words: n }), theta);
      const found = heads.map(
        (_, i) => [0, 1, 2, 3, 4, 5].find((h) => h !== i + 1 && z[at(h, i + 1)] === 1)!,
      );
      return dependencies(caption, words, found);
    },
  },
  {
    page: 'knapsack',
    title: 'Knapsack',
    names: ['knapsack'],
    caption: 'Eight scores over the weights of their items, and the best set that weighs no more than 9.',
    picture(caption) {
      const weights = [3, 2, 4, 1, 5, 2, 3, 2];
      return items(
        caption,
        scores,
        solved(solvers.knapsack({ weights, capacity: 9 }), scores),
        weights.map(String),
      );
    },
  },
  ...ownStructures,
];
