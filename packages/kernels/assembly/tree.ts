/*
 * The best spanning tree of a complete graph, by Prim's algorithm: prim.ts of @aimle/solvers. Edges are numbered as the
 * upper triangle, row by row; of equal weights the lower edge is better, so that the tree is unique. Weights are float32
 * without NaN, the largest is best. Links of four vertices are looked at together.
 */

let vertices: i32 = 0;
/** Bytes of a row of a matrix: a whole number of vectors. */
let stride: usize = 0;
/** Matrices: the weight and the number of the edge between two vertices. */
let weights: usize = 0;
let edges: usize = 0;
/** Of each vertex: whether it is out of the tree (-1 or 0), and the best edge into the tree, with its weight. */
let outside: usize = 0;
let linkWeight: usize = 0;
let linkEdge: usize = 0;

/** Sets the graph. `room` holds (2 v + 3) * 4 ceil(v / 4) numbers of four bytes. */
export function setGraph(count: i32, room: usize): void {
  vertices = count;
  stride = <usize>((count + 3) & ~3) << 2;
  const matrix = <usize>count * stride;
  weights = room;
  edges = weights + matrix;
  outside = edges + matrix;
  linkWeight = outside + stride;
  linkEdge = linkWeight + stride;
  memory.fill(weights, 0, 2 * matrix);
  let edge = 0;
  for (let i: usize = 0; i < <usize>count; i++) {
    for (let j: usize = i + 1; j < <usize>count; j++, edge++) {
      store<i32>(edges + i * stride + (j << 2), edge);
      store<i32>(edges + j * stride + (i << 2), edge);
    }
  }
}

/** Marks the edges of the best tree. */
export function growTree(scores: usize, bits: usize): void {
  const count = <usize>vertices;
  const width = stride;
  const words = <usize>((count * (count - 1)) / 2 + 31) >> 5;
  memory.fill(bits, 0, words << 2);
  let from = scores;
  for (let i: usize = 0; i < count; i++) {
    const row = weights + i * width;
    let column = weights + (i + 1) * width + (i << 2);
    for (let at = row + ((i + 1) << 2); at < row + (count << 2); at += 4, from += 4, column += width) {
      const weight = load<f32>(from);
      store<f32>(at, weight);
      store<f32>(column, weight);
    }
  }
  const none = i32x4.splat(i32.MAX_VALUE);
  const never = f32x4.splat(-Infinity);
  for (let at: usize = 0; at < width; at += 16) {
    v128.store(outside + at, i32x4.splat(-1));
    v128.store(linkWeight + at, never);
    v128.store(linkEdge + at, none);
  }
  for (let at = count << 2; at < width; at += 4) store<i32>(outside + at, 0);
  let joined: usize = 0;
  for (let left = count - 1; left > 0; left--) {
    store<i32>(outside + (joined << 2), 0);
    const newWeights = weights + joined * width;
    const newEdges = edges + joined * width;
    let best = never;
    for (let at: usize = 0; at < width; at += 16) {
      const out = v128.load(outside + at);
      const weight = v128.load(newWeights + at);
      const edge = v128.load(newEdges + at);
      const oldWeight = v128.load(linkWeight + at);
      const oldEdge = v128.load(linkEdge + at);
      const tied = v128.and(f32x4.eq(weight, oldWeight), i32x4.lt_s(edge, oldEdge));
      const better = v128.or(f32x4.gt(weight, oldWeight), tied);
      const link = v128.bitselect(weight, oldWeight, better);
      v128.store(linkWeight + at, link);
      v128.store(linkEdge + at, v128.bitselect(edge, oldEdge, better));
      best = f32x4.pmax(best, v128.bitselect(link, never, out));
    }
    best = f32x4.pmax(best, v128.shuffle<i32>(best, best, 2, 3, 0, 1));
    best = f32x4.pmax(best, v128.shuffle<i32>(best, best, 1, 0, 3, 2));
    let first = none;
    for (let at: usize = 0; at < width; at += 16) {
      const reached = v128.and(v128.load(outside + at), f32x4.eq(v128.load(linkWeight + at), best));
      first = i32x4.min_s(first, v128.bitselect(v128.load(linkEdge + at), none, reached));
    }
    first = i32x4.min_s(first, v128.shuffle<i32>(first, first, 2, 3, 0, 1));
    first = i32x4.min_s(first, v128.shuffle<i32>(first, first, 1, 0, 3, 2));
    const edge = i32x4.extract_lane(first, 0);
    // None is reached where a weight is NaN, and then the pass is thrown away.
    if (edge == i32.MAX_VALUE) return;
    for (let at: usize = 0; at < width; at += 16) {
      const found = v128.and(v128.load(outside + at), i32x4.eq(v128.load(linkEdge + at), first));
      if (v128.any_true(found)) joined = (at >> 2) + ctz(i32x4.bitmask(found));
    }
    const word = bits + (<usize>(edge >> 5) << 2);
    store<u32>(word, load<u32>(word) | (1 << (edge & 31)));
  }
}
