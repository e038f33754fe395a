/** Union-find over vertices: which ones are already joined. Lookups halve the paths, so paths stay short. */
export interface Components {
  /** Makes every vertex its own component again. */
  reset(): void;
  /** Joins the components of two vertices; false where they were already one. */
  join(a: number, b: number): boolean;
}

export function components(vertices: number): Components {
  const above = new Int32Array(vertices);

  function find(vertex: number): number {
    let v = vertex;
    while (above[v] !== v) {
      const next = above[above[v]!]!;
      above[v] = next;
      v = next;
    }
    return v;
  }

  return {
    reset() {
      for (let v = 0; v < vertices; v++) above[v] = v;
    },
    join(a, b) {
      const high = find(a);
      const low = find(b);
      if (high === low) return false;
      // Without ranks: halving alone keeps the cost logarithmic, and in practice near constant.
      above[low] = high;
      return true;
    },
  };
}
