import { copyRows } from './rows';
import { COLUMNS, multiplyTile, ROWS } from './tile';
import { transpose } from './transpose';

/*
 * Products of matrices by blocks: a block of up to 240 rows of `a` and 512 of the sum stays in the second cache while 8
 * columns of `b` at a time, packed side by side, stay in the first.
 */

const MAX_ROWS: i32 = 40 * ROWS;
const MAX_DEPTH: i32 = 512;
/** A cache line between rows of a packed block: steps of a power of two would put them all into a few sets. */
const GAP: usize = 64;
const B_STEP: usize = (<usize>COLUMNS) << 2;
/** With fewer rows, packing columns of `b` costs more than it saves. */
const FEW_ROWS: i32 = 4 * ROWS;

/** The bytes that `multiply` needs as room. */
export function roomOfProducts(): usize {
  return <usize>MAX_ROWS * ((<usize>MAX_DEPTH << 2) + GAP) + <usize>MAX_DEPTH * B_STEP + <usize>(ROWS + 1) * B_STEP;
}

/**
 * Computes c = a b, plus a row `bias` unless that is 0, then max(x, 0) where `rectified`. `a` is [m, k], or [k, m] with
 * `aTransposed`; `b` is [k, n], or [n, k] with `bTransposed`; `c` is [m, n] and overlaps neither. Steps are bytes from row
 * to row.
 */
export function multiply(
  m: i32,
  n: i32,
  k: i32,
  a: usize,
  aStep: usize,
  aTransposed: bool,
  b: usize,
  bStep: usize,
  bTransposed: bool,
  c: usize,
  cStep: usize,
  bias: usize,
  rectified: bool,
  room: usize,
): void {
  const aRoom = room + <usize>MAX_DEPTH * B_STEP + <usize>(ROWS + 1) * B_STEP;
  // Blocks of nearly the same depth, so that none is left with a few.
  const blocks = max((k + MAX_DEPTH - 1) / MAX_DEPTH, 1);
  const deepest = (k + blocks - 1) / blocks;
  for (let top = 0; top < m; top += MAX_ROWS) {
    const rows = min(MAX_ROWS, m - top);
    let from = 0;
    do {
      const depth = min(deepest, k - from);
      const last = from + depth == k;
      let block = a + <usize>top * aStep + (<usize>from << 2);
      let blockStep = aStep;
      if (aTransposed) {
        block = aRoom;
        blockStep = (<usize>depth << 2) + GAP;
        transpose(depth, rows, a + <usize>from * aStep + (<usize>top << 2), aStep, block, blockStep);
      }
      multiplyBlock(
        rows,
        n,
        depth,
        block,
        blockStep,
        bTransposed ? b + (<usize>from << 2) : b + <usize>from * bStep,
        bStep,
        bTransposed,
        c + <usize>top * cStep,
        cStep,
        from > 0,
        from > 0 ? 0 : bias,
        last && rectified,
        room,
      );
      from += depth;
    } while (from < k);
  }
}

/** The product of one block of `a`, up to 240 rows and 512 deep, with all columns of `b`. */
function multiplyBlock(
  m: i32,
  n: i32,
  depth: i32,
  a: usize,
  aStep: usize,
  b: usize,
  bStep: usize,
  bTransposed: bool,
  c: usize,
  cStep: usize,
  accumulate: bool,
  bias: usize,
  rectified: bool,
  panel: usize,
): void {
  const tile = panel + <usize>MAX_DEPTH * B_STEP;
  const row = tile + <usize>ROWS * B_STEP;
  for (let left = 0; left < n; left += COLUMNS) {
    const columns = min(COLUMNS, n - left);
    const offset = <usize>left << 2;
    let side = b + offset;
    let sideStep = bStep;
    if (bTransposed || columns < COLUMNS || m > FEW_ROWS) {
      side = panel;
      sideStep = B_STEP;
      if (bTransposed) packRows(columns, depth, b + <usize>left * bStep, bStep, panel);
      else packColumns(columns, depth, b + offset, bStep, panel);
    }
    memory.fill(row, 0, B_STEP);
    if (bias != 0) copyRows(1, columns, bias + offset, 0, row, 0);
    for (let top = 0; top < m; top += ROWS) {
      const rows = min(ROWS, m - top);
      const whole = rows == ROWS && columns == COLUMNS;
      const target = c + <usize>top * cStep + offset;
      const out = whole ? target : tile;
      const outStep = whole ? cStep : B_STEP;
      if (accumulate && !whole) copyRows(rows, columns, target, cStep, tile, B_STEP);
      const start = accumulate ? out : row;
      const startStep = accumulate ? outStep : 0;
      multiplyTile(depth, rows, a + <usize>top * aStep, aStep, side, sideStep, start, startStep, out, outStep);
      if (rectified) rectify(out, outStep);
      if (!whole) copyRows(rows, columns, tile, B_STEP, target, cStep);
    }
  }
}

/** Takes max(x, 0) of a tile, and NaN for NaN. */
function rectify(tile: usize, step: usize): void {
  for (let row = 0; row < ROWS; row++) {
    v128.store(tile, f32x4.max(v128.load(tile), f32x4.splat(0)));
    v128.store(tile, f32x4.max(v128.load(tile, 16), f32x4.splat(0)), 16);
    tile += step;
  }
}

/**
 * Packs up to 8 columns side by side, from a matrix whose rows are the sum's axis. Columns that miss become zeros: what
 * lay there could be denormal numbers, which are slow.
 */
function packColumns(columns: i32, depth: i32, from: usize, step: usize, panel: usize): void {
  const end = panel + <usize>depth * B_STEP;
  if (columns == COLUMNS) {
    for (; panel < end; panel += B_STEP) {
      v128.store(panel, v128.load(from));
      v128.store(panel, v128.load(from, 16), 16);
      from += step;
    }
    return;
  }
  memory.fill(panel, 0, end - panel);
  copyRows(depth, columns, from, step, panel, B_STEP);
}

/** Packs up to 8 columns side by side, from a matrix whose rows they are. Columns that miss become zeros. */
function packRows(columns: i32, depth: i32, from: usize, step: usize, panel: usize): void {
  if (columns < COLUMNS) memory.fill(panel, 0, <usize>depth * B_STEP);
  transpose(columns, depth, from, step, panel, B_STEP);
}
