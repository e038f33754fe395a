import { type Distribution, plackettLuce, spanningTree, topK } from '@aimle/distributions';

/** A structure to draw from, and what is exactly known of it. */
export interface Structure {
  readonly size: number;
  /** What a column stands for. */
  readonly labels: readonly string[];
  readonly distribution: Distribution;
  /** The marginals of MAP(theta + Gumbel noise), where they are known. */
  readonly gumbelMarginals: ((theta: Float64Array) => Float64Array) | null;
  /** The two vertices of each element, where elements are edges. */
  readonly edges: readonly (readonly [number, number])[] | null;
}

export const structureNames = ['1', '2', '3', 'tree'] as const;
export type StructureName = (typeof structureNames)[number];

const ITEMS = 6;
export const VERTICES = 5;

/** One, two or three of six items, or the spanning trees of five vertices. */
export function structureOf(name: StructureName): Structure {
  if (name === 'tree') {
    const edges: (readonly [number, number])[] = [];
    for (let a = 0; a < VERTICES; a++) for (let b = a + 1; b < VERTICES; b++) edges.push([a, b]);
    return {
      size: edges.length,
      labels: edges.map(([a, b]) => `${a + 1}–${b + 1}`),
      distribution: spanningTree({ vertices: VERTICES }),
      gumbelMarginals: null,
      edges,
    };
  }
  const k = Number(name);
  const orders = plackettLuce({ size: ITEMS, k });
  return {
    size: ITEMS,
    labels: Array.from({ length: ITEMS }, (_, i) => String(i + 1)),
    distribution: topK({ size: ITEMS, k }),
    gumbelMarginals: orders.marginals,
    edges: null,
  };
}
