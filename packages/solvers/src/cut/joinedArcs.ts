import { incidence } from '../graph/incidence.js';

/**
 * Arcs with one for all edges from a vertex to another: those of v are first[v], ..., first[v + 1] - 1; arc i leads to
 * head[i], reverse[i] leads back, and place[2e] and place[2e + 1] are those of edge e.
 */
export interface JoinedArcs {
  readonly first: Int32Array;
  readonly head: Int32Array;
  readonly reverse: Int32Array;
  readonly place: Int32Array;
}

export function joinedArcs(vertices: number, ends: Int32Array): JoinedArcs {
  const all = incidence(vertices, ends, 'both');
  const first = new Int32Array(vertices + 1);
  const heads = new Int32Array(ends.length);
  const place = new Int32Array(ends.length);
  const latest = new Int32Array(vertices).fill(-1); // the last arc to each vertex
  let count = 0;
  for (let v = 0; v < vertices; v++) {
    first[v] = count;
    for (let i = all.first[v]!; i < all.first[v + 1]!; i++) {
      const other = ends[all.arcs[i]! ^ 1]!;
      if (latest[other]! < first[v]!) {
        latest[other] = count;
        heads[count++] = other;
      }
      place[all.arcs[i]!] = latest[other]!;
    }
  }
  first[vertices] = count;
  const reverse = new Int32Array(count);
  for (let arc = 0; arc < ends.length; arc++) reverse[place[arc]!] = place[arc ^ 1]!;
  return { first, head: heads.slice(0, count), reverse, place };
}

/** Pairs of arcs that lead from the source over one vertex to the sink. */
export function shortcuts({ first, head }: JoinedArcs, source: number, sink: number): Int32Array {
  const pairs: number[] = [];
  for (let out = first[source]!; out < first[source + 1]!; out++) {
    const middle = head[out]!;
    if (middle === sink) continue;
    for (let on = first[middle]!; on < first[middle + 1]!; on++) {
      if (head[on] === sink) pairs.push(out, on);
    }
  }
  return Int32Array.from(pairs);
}
