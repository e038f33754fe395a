import { fillGumbel, fillNormal, foldIn, type Key, split } from '@aimle/random';
import { spanningTree } from '@aimle/solvers';
import { pairsOf } from '../model/pairs.js';
import type { Motions } from '../motion/motions.js';
import { layoutStep } from './layoutStep.js';

/** Settings of {@link simulateGraphLayout}. */
export interface SimulationOptions {
  /** Number of simulations, at least 0. */
  readonly count: number;
  /** Key of all random numbers. */
  readonly key: Key;
  /** Number of the first simulation; default 0. */
  readonly from?: number;
  /** In [2, 1000]; default 10. */
  readonly vertices?: number;
  /** T, at least 1; default 10. */
  readonly frames?: number;
}

export function checkedSimulation(options: SimulationOptions): Required<SimulationOptions> {
  const { count, key, from = 0, vertices = 10, frames = 10 } = options;
  const requireInteger = (name: string, value: number, min: number, max: number): void => {
    if (!Number.isSafeInteger(value) || value < min || value > max) {
      throw new RangeError(
        `simulateGraphLayout: ${name} must be an integer in [${min}, ${max}], got ${String(value)}`,
      );
    }
  };
  requireInteger('count', count, 0, 10_000_000);
  requireInteger('from', from, 0, 2 ** 40);
  requireInteger('vertices', vertices, 2, 1000);
  requireInteger('frames', frames, 1, 10_000);
  return { count, key, from, vertices, frames };
}

/**
 * Simulates the graph-layout data of Paulus et al.: hidden trees that pull vertices together like springs.
 *
 * For each simulation, the tree is the maximum spanning tree of independent Gumbel weights (which is not the uniform
 * distribution over trees), the vertices start from a normal distribution, and each frame is one {@link layoutStep}
 * after the one before; the first frame is one step after the start. There is no noise on the positions.
 *
 * Simulation i depends on (key, i) and the number of vertices only: a longer set begins with the shorter one, a set of
 * 20 frames with the one of 10, and parts simulated separately equal parts of the whole. Simulated in double precision, returned
 * in single. Cost: about 1 microsecond per frame of ten vertices; for whole data sets, {@link simulateInThreads}.
 *
 * @param options - number and key.
 * @returns positions [count, frames, 2, vertices] and edges [count, vertices, vertices].
 * @throws RangeError when an option is out of range.
 * @example
 * ```ts
 * import { simulateGraphLayout } from '@aimle/neural-relational-inference';
 * import { key } from '@aimle/random';
 *
 * const { positions, edges } = simulateGraphLayout({ count: 5, key: key(0) });
 * positions.length; // => 1000
 * edges.slice(0, 100).reduce((sum, edge) => sum + edge, 0); // => 18
 * ```
 * @see Paulus, Choi, Tarlow, Krause, Maddison, arXiv:2006.08063, appendix (graph layout).
 */
export function simulateGraphLayout(options: SimulationOptions): Motions & { readonly edges: Uint8Array } {
  const { count, key, from, vertices, frames } = checkedSimulation(options);
  const positions = new Float32Array(count * frames * 2 * vertices);
  const edges = new Uint8Array(count * vertices * vertices);
  const step = layoutStep(vertices);
  const tree = spanningTree({ vertices });
  const { edge, sender, receiver } = pairsOf(vertices, false);
  const theta = new Float32Array(tree.size);
  const z = new Float32Array(tree.size);
  const state = new Float64Array(2 * vertices);
  let at = 0;
  for (let i = 0; i < count; i++) {
    const [treeKey, startKey] = split(foldIn(key, from + i), 2) as [Key, Key];
    const adjacency = edges.subarray(i * vertices * vertices, (i + 1) * vertices * vertices);
    fillGumbel(treeKey, theta);
    tree.solve(theta, z, 1);
    edge.forEach((e, pair) => {
      adjacency[sender[pair]! * vertices + receiver[pair]!] = z[e]!;
    });
    fillNormal(startKey, state);
    for (let frame = 0; frame < frames; frame++) {
      step(state, adjacency);
      for (let axis = 0; axis < 2; axis++) {
        for (let v = 0; v < vertices; v++) positions[at++] = state[2 * v + axis]!;
      }
    }
  }
  return { count, frames, vertices, dimensions: 2, positions, edges };
}
