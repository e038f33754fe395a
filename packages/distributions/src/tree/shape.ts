/** Which edges a graph has, in the order of theta, and which sets of them are its trees. */
export interface Shape {
  readonly vertices: number;
  /** Edge e leads from tail[e], the parent, to head[e], the child; or joins them, when undirected. */
  readonly tail: Int32Array;
  readonly head: Int32Array;
  readonly directed: boolean;
  /** The vertex without a parent, where it is fixed. */
  readonly root: number | undefined;
}

/** Returns whether an edge may be added to those already chosen, where `part` says which vertices are joined. */
function fits(
  { tail, head, directed, root }: Shape,
  edge: number,
  part: Int32Array,
  hasParent: Uint8Array,
): boolean {
  if (part[tail[edge]!] === part[head[edge]!]) return false;
  return !directed || (head[edge] !== root && hasParent[head[edge]!] === 0);
}

function join({ tail, head }: Shape, edge: number, part: Int32Array, hasParent: Uint8Array): void {
  hasParent[head[edge]!] = 1;
  const [kept, merged] = [part[tail[edge]!]!, part[head[edge]!]!];
  for (let v = 0; v < part.length; v++) if (part[v] === merged) part[v] = kept;
}

/** Builds a test of whether z is a tree, with its own memory. */
export function treeTest(shape: Shape): (z: Float64Array) => boolean {
  const part = new Int32Array(shape.vertices);
  const hasParent = new Uint8Array(shape.vertices);
  return (z) => {
    for (let v = 0; v < part.length; v++) part[v] = v;
    hasParent.fill(0);
    let edges = 0;
    for (let e = 0; e < z.length; e++) {
      if (z[e] === 0) continue;
      if (z[e] !== 1 || !fits(shape, e, part, hasParent)) return false;
      join(shape, e, part, hasParent);
      edges++;
    }
    return edges === shape.vertices - 1;
  };
}

/** Lists all trees, the lexicographically greatest first. */
export function* everyTree(shape: Shape): Generator<Uint8Array> {
  const { vertices, tail } = shape;
  const state = new Uint8Array(tail.length);
  function* from(edge: number, left: number, part: Int32Array, hasParent: Uint8Array): Generator<Uint8Array> {
    if (left === 0) yield state.slice();
    if (left === 0 || tail.length - edge < left) return;
    if (fits(shape, edge, part, hasParent)) {
      const [joined, parented] = [part.slice(), hasParent.slice()];
      join(shape, edge, joined, parented);
      state[edge] = 1;
      yield* from(edge + 1, left - 1, joined, parented);
      state[edge] = 0;
    }
    yield* from(edge + 1, left, part, hasParent);
  }
  yield* from(
    0,
    vertices - 1,
    Int32Array.from({ length: vertices }, (_, v) => v),
    new Uint8Array(vertices),
  );
}
