/** The index of the edge between two different vertices in the upper triangle, row by row. */
export function pairIndex(vertices: number, a: number, b: number): number {
  const low = Math.min(a, b);
  const high = Math.max(a, b);
  return (low * (2 * vertices - low - 1)) / 2 + high - low - 1;
}

/** The signature that the tour algorithms share: returns the vertices in the order of the tour, or undefined. */
export type FindTour = () => Int32Array | undefined;
