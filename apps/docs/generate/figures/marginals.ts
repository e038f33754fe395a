import { spanningTree } from '@aimle/distributions';
import { allPairs, solved } from '../drawing.js';
import { disc, type Figure, segment, words } from './figure.js';

const places = [
  [40, 70],
  [130, 34],
  [226, 78],
  [64, 176],
  [168, 160],
  [240, 214],
  [120, 244],
] as const;
const pairs = allPairs(places.length);
const theta = Float64Array.from(
  pairs.map(([u, v]) => -Math.hypot(places[u]![0] - places[v]![0], places[u]![1] - places[v]![1]) / 15),
);

/** One best tree, and the marginals of all trees, side by side. */
export function marginals(): Figure {
  const trees = spanningTree({ vertices: places.length });
  const best = solved(trees, theta);
  const mu = trees.marginals(theta);
  const edges = (left: number, width: (edge: number) => number): string[] => [
    ...pairs.flatMap(([u, v], edge) => {
      const [a, b] = [places[u]!, places[v]!];
      return width(edge) < 0.15 ? [] : [segment(left + a[0], a[1], left + b[0], b[1], 'accent', width(edge))];
    }),
    ...places.map(([x, y]) => disc(left + x, y, 6, 'ink')),
  ];
  const share = Math.exp(trees.logProbability(theta, best)[0]!);
  return {
    name: 'marginals',
    label:
      'Seven places: on the left the edges of the best tree, on the right all edges, as thick as their marginals.',
    drawn: {
      width: 560,
      height: 282,
      shapes: [
        words(140, 12, 'the best tree', 'middle', 'ink'),
        words(420, 12, 'marginals of all trees', 'middle', 'ink'),
        ...edges(0, (edge) => 6 * best[edge]!),
        ...edges(280, (edge) => 6 * mu[edge]!),
      ],
    },
    caption:
      `Spanning trees of seven places, scores −distance/15. The best tree has ${(100 * share).toFixed(1)} % of the probability; there are 16,807 trees. ` +
      `The marginals of the 21 edges sum to ${mu.reduce((sum, each) => sum + each, 0).toFixed(0)}, the edges of a tree; the largest is ${Math.max(...mu).toFixed(2)}.`,
  };
}
