import { MOST_RANKED, THREADS } from './programHead.js';

/*
 * The best subset of a row: from the best score on LOW of them, and up to HIGH while they are at least 0. Equal scores
 * go in the order of their indices, as on the host.
 */

/** Ranks each score against all others of its row, in the workgroup's memory. `sides` rows of scores for each slot. */
function byRank(sides: number): string {
  return `
var<workgroup> scores: array<f32, ${sides}u * ROWS * N>;

fn keep(side: u32, slot: u32, row: u32, j: u32, score: f32) { scores[(side * ROWS + slot) * N + j] = score; }

fn prepare(side: u32, row: u32, local: u32) {}

fn isChosen(side: u32, slot: u32, row: u32, j: u32) -> bool {
  let first = (side * ROWS + slot) * N;
  let score = scores[first + j];
  var ahead = 0u;
  for (var i = 0u; i < j; i++) { ahead += u32(scores[first + i] >= score); }
  for (var i = j + 1u; i < N; i++) { ahead += u32(scores[first + i] > score); }
  return ahead < LOW || (ahead < HIGH && score >= 0.0);
}
`;
}

/**
 * Finds the worst chosen score digit by digit, of keys that are in the order of the scores, and among equal ones the
 * last index that is chosen. One row is a workgroup, whose keys lie in the buffer `keys`; of exactly HIGH items.
 */
function byDigits(sides: number): string {
  return `
var<workgroup> histogram: array<atomic<u32>, 256>;
var<workgroup> reaching: array<u32, 257>;
var<workgroup> digit: u32;
var<workgroup> missing: u32;
var<workgroup> surplus: u32;
var<workgroup> worst: array<u32, ${sides}>;
var<workgroup> lastEqual: array<u32, ${sides}>;

fn keyAt(side: u32, row: u32, j: u32) -> u32 { return (side * shared_.rows + row) * N + j; }

fn keep(side: u32, slot: u32, row: u32, j: u32, score: f32) {
  // Zeros of either sign are equal.
  let bits = select(bitcast<u32>(score), 0u, score == 0.0);
  keys[keyAt(side, row, j)] = select(bits | 0x80000000u, ~bits, (bits >> 31u) == 1u);
}

/** Finds the next digit of the number that \`missing\` of those with a prefix reach. */
fn findDigit(local: u32) {
  workgroupBarrier();
  reaching[local] = atomicLoad(&histogram[local]);
  if (local == 0u) { reaching[256] = 0u; }
  workgroupBarrier();
  for (var step = 1u; step < 256u; step <<= 1u) {
    var more = 0u;
    if (local + step < 256u) { more = reaching[local + step]; }
    workgroupBarrier();
    reaching[local] += more;
    workgroupBarrier();
  }
  let wanted = missing;
  workgroupBarrier();
  if (reaching[local] >= wanted && reaching[local + 1u] < wanted) {
    digit = local;
    missing = wanted - reaching[local + 1u];
    surplus = reaching[local] - wanted;
  }
  atomicStore(&histogram[local], 0u);
  workgroupBarrier();
}

fn prepare(side: u32, row: u32, local: u32) {
  atomicStore(&histogram[local], 0u);
  if (local == 0u) { missing = HIGH; }
  storageBarrier();
  workgroupBarrier();
  var prefix = 0u;
  var mask = 0u;
  for (var shift = 32u; shift > 0u; shift -= 8u) {
    for (var j = local; j < N && row < shared_.rows; j += ${THREADS}u) {
      let key = keys[keyAt(side, row, j)];
      if ((key & mask) == prefix) { atomicAdd(&histogram[(key >> (shift - 8u)) & 255u], 1u); }
    }
    findDigit(local);
    prefix |= digit << (shift - 8u);
    mask |= 255u << (shift - 8u);
  }
  var last = 0u;
  if (workgroupUniformLoad(&surplus) > 0u) {
    // The lower an index, the larger its complement.
    var indexMask = 0u;
    for (var shift = 32u; shift > 0u; shift -= 8u) {
      for (var j = local; j < N && row < shared_.rows; j += ${THREADS}u) {
        if (keys[keyAt(side, row, j)] == prefix && (~j & indexMask) == last) {
          atomicAdd(&histogram[(~j >> (shift - 8u)) & 255u], 1u);
        }
      }
      findDigit(local);
      last |= digit << (shift - 8u);
      indexMask |= 255u << (shift - 8u);
    }
  }
  if (local == 0u) { worst[side] = prefix; lastEqual[side] = ~last; }
  workgroupBarrier();
}

fn isChosen(side: u32, slot: u32, row: u32, j: u32) -> bool {
  let key = keys[keyAt(side, row, j)];
  return key > worst[side] || (key == worst[side] && j <= lastEqual[side]);
}
`;
}

/** Functions that \`keep\` scores, \`prepare\` a row between barriers, and tell which items are chosen. */
export function selection(size: number, sides: number): string {
  return size <= MOST_RANKED ? byRank(sides) : byDigits(sides);
}
