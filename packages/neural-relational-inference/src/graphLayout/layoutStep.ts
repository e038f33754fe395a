/** One step of a layout, in place: positions [vertices, 2], adjacency [vertices, vertices] of zeros and ones. */
export type LayoutStep = (positions: Float64Array, adjacency: ArrayLike<number>) => void;

/** Smaller distances count as this. */
const MIN_DISTANCE = 0.01;
/** A force weaker than MIN_FORCE is divided by this instead of its length, so that a vertex at rest stays. */
const WEAK_FORCE = 0.1;
const MIN_FORCE = 0.01;
/** Length of a move, as a share of the layout's width. */
const TEMPERATURE = 0.1;

/**
 * Makes the force-directed step of the graph-layout data: one iteration of Fruchterman and Reingold's spring layout as in
 * networkx, recentred and rescaled so that the largest absolute coordinate is 1.
 *
 *   force_i = sum_j (p_i - p_j) (k^2 / d_ij^2 - a_ij d_ij / k),   k = 1 / sqrt(vertices),  d_ij = max(|p_i - p_j|, 0.01)
 *   p_i <- p_i + 0.1 width force_i / |force_i|,   width the larger of the two axes' ranges
 *   p <- (p - mean) / max |p - mean|
 *
 * Every vertex repels every other one and is attracted by its neighbours; all go equally far. In double precision, equal
 * to networkx 2.8's `spring_layout(iterations=1, threshold=1e-10)` to rounding. Cost O(vertices^2), without allocation.
 *
 * @param vertices - at least 2.
 * @returns the step, which has its own memory: make one for each thread.
 * @throws RangeError when vertices is not an integer of at least 2; from the step, when an array is too short.
 * @example
 * ```ts
 * import { layoutStep } from '@aimle/neural-relational-inference';
 *
 * const positions = Float64Array.of(0, 0, 0, 1, 0, 3); // three vertices on a line
 * layoutStep(3)(positions, [0, 1, 0, 1, 0, 1, 0, 1, 0]); // joined as a chain
 * positions[3]; // => ~-0.105
 * Math.max(...positions.map(Math.abs)); // => 1
 * ```
 * @see Fruchterman and Reingold, "Graph drawing by force-directed placement", 1991; Paulus et al., arXiv:2006.08063.
 */
export function layoutStep(vertices: number): LayoutStep {
  if (!Number.isSafeInteger(vertices) || vertices < 2) {
    throw new RangeError(`layoutStep: vertices must be an integer of at least 2, got ${vertices}`);
  }
  const k = Math.sqrt(1 / vertices);
  const force = new Float64Array(2 * vertices);
  return (positions, adjacency) => {
    if (positions.length < 2 * vertices || adjacency.length < vertices * vertices) {
      throw new RangeError(
        `layoutStep: positions must have ${2 * vertices} numbers and adjacency ${vertices * vertices}, ` +
          `got ${positions.length} and ${adjacency.length}`,
      );
    }
    const reach = TEMPERATURE * Math.max(range(positions, 0, vertices), range(positions, 1, vertices));
    force.fill(0);
    for (let i = 0; i < vertices; i++) {
      for (let j = i + 1; j < vertices; j++) {
        const dx = positions[2 * i]! - positions[2 * j]!;
        const dy = positions[2 * i + 1]! - positions[2 * j + 1]!;
        const distance = Math.max(Math.sqrt(dx * dx + dy * dy), MIN_DISTANCE);
        const push = (k * k) / (distance * distance) - (adjacency[i * vertices + j]! * distance) / k;
        force[2 * i]! += dx * push;
        force[2 * i + 1]! += dy * push;
        force[2 * j]! -= dx * push;
        force[2 * j + 1]! -= dy * push;
      }
    }
    for (let i = 0; i < vertices; i++) {
      const strength = Math.hypot(force[2 * i]!, force[2 * i + 1]!);
      const share = reach / (strength < MIN_FORCE ? WEAK_FORCE : strength);
      positions[2 * i]! += force[2 * i]! * share;
      positions[2 * i + 1]! += force[2 * i + 1]! * share;
    }
    rescale(positions, vertices);
  };
}

function range(positions: Float64Array, axis: number, vertices: number): number {
  let min = Infinity;
  let max = -Infinity;
  for (let i = axis; i < 2 * vertices; i += 2) {
    min = Math.min(min, positions[i]!);
    max = Math.max(max, positions[i]!);
  }
  return max - min;
}

function rescale(positions: Float64Array, vertices: number): void {
  let largest = 0;
  for (let axis = 0; axis < 2; axis++) {
    let sum = 0;
    for (let i = axis; i < 2 * vertices; i += 2) sum += positions[i]!;
    const mean = sum / vertices;
    for (let i = axis; i < 2 * vertices; i += 2) {
      positions[i]! -= mean;
      largest = Math.max(largest, Math.abs(positions[i]!));
    }
  }
  if (largest > 0) for (let i = 0; i < 2 * vertices; i++) positions[i]! /= largest;
}
