import { arrow, dot, layered, line, type Point, svg, text } from './svg.js';

/** Vertices and the edges between them; an edge is chosen where z is one. */
export interface GraphPicture {
  readonly edges: readonly (readonly [number, number])[];
  readonly z: ArrayLike<number>;
  readonly places: readonly Point[];
  readonly directed?: boolean;
  /** Vertices to fill, such as end points, or one side of a cut. */
  readonly filled?: (vertex: number) => boolean;
  readonly names?: readonly string[];
}

const radius = 11;

export function graph(label: string, { edges, z, places, directed, filled, names }: GraphPicture): string {
  const numbered = edges.map(([u, v], edge) => ({ u, v, chosen: z[edge]! > 0 }));
  const drawn = layered(
    numbered,
    ({ chosen }) => chosen,
    ({ u, v, chosen }) =>
      directed ? arrow(places[u]!, places[v]!, chosen, radius + 1) : line(places[u]!, places[v]!, chosen),
  );
  const dots = places.flatMap((place, v) => [
    dot(place, radius, filled?.(v) ?? false),
    text(place, names?.[v] ?? String(v)),
  ]);
  const width = Math.max(...places.map(([x]) => x)) + 24;
  const height = Math.max(...places.map(([, y]) => y)) + 24;
  return svg(width, height, label, [...drawn, ...dots]);
}

export function circle(vertices: number, across = 220): Point[] {
  const r = across / 2 - 24;
  return Array.from({ length: vertices }, (_, v) => {
    const angle = (2 * Math.PI * v) / vertices - Math.PI / 2;
    return [across / 2 + r * Math.cos(angle), across / 2 + r * Math.sin(angle)];
  });
}
