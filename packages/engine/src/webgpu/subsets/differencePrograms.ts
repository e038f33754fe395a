import type { SubsetStructure } from '../../operations/device.js';
import type { Program } from '../gpu.js';
import { BLOCK, blockAccess, common, MOST_RANKED, rowsMain, THREADS } from './programHead.js';
import { selection } from './selection.js';

/** Solves on either side of every row under each draw of the noise, and adds the differences to those of its instance. */
export function differenceProgram(structure: SubsetStructure, noisy: boolean): Program {
  const large = structure.size > MOST_RANKED;
  return {
    name: 'subsets: difference',
    access: [
      'read',
      'read',
      'read',
      'read',
      'read',
      'write',
      'write',
      ...(large ? (['write'] as const) : []),
    ],
    code: `
@group(0) @binding(0) var<storage, read> theta: array<f32>;
@group(0) @binding(1) var<storage, read> z: array<f32>;
@group(0) @binding(2) var<storage, read> gradient: array<f32>;
@group(0) @binding(3) var<storage, read> cells: array<vec2<u32>>;
@group(0) @binding(4) var<storage, read> streams: array<vec2<u32>>;
@group(0) @binding(5) var<storage, read_write> block: array<atomic<u32>, ${BLOCK.words}>;
@group(0) @binding(6) var<storage, read_write> differences: array<atomic<i32>>;
${large ? '@group(0) @binding(7) var<storage, read_write> keys: array<u32>;' : ''}
@group(0) @binding(${large ? 8 : 7}) var<uniform> shared_: Shared;
${common(structure, noisy)}
${blockAccess}
${selection(structure.size, 2)}
var<workgroup> changed: array<atomic<u32>, ROWS>;
var<workgroup> ones: array<atomic<i32>, ROWS>;
var<workgroup> totals: array<atomic<u32>, 3>;
${rowsMain}
  let lambda = number(${BLOCK.lambda}u);
  let moves = lambda > 0.0;
  let along = lambda * f32(shared_.samples);
  let c = number(${BLOCK.correction}u);
  let shift = vec2<u32>(shared_.shift0, shared_.shift1);
  if (lane == 0u) { atomicStore(&changed[slot], 0u); atomicStore(&ones[slot], 0); }
  if (local < 3u) { atomicStore(&totals[local], 0u); }
  workgroupBarrier();
  for (var draw = 0u; draw < shared_.draws; draw++) {
    var stream = vec2<u32>(shared_.key0, shared_.key1);
    if (draw > 0u) { stream = streams[draw - 1u]; }
    for (var j = lane; j < N && inside; j += LANES) {
      let at = row * N + j;
      let base = shared_.sign * theta[instance * N + j];
      let moved = along * (gradient[at] - c * (z[at] - 0.5));
      let noise = shared_.temperature * noiseOf(stream, at, shift);
      let lower = select(0.0, base, shared_.keepLower > 0.0) - moved + noise;
      let upper = select(0.0, base, shared_.keepUpper > 0.0) + shared_.moveUpper * moved + noise;
      keep(0u, slot, row, j, lower);
      keep(1u, slot, row, j, upper);
      if (moves && (isRefused(lower) || isRefused(upper))) { atomicMin(&block[${BLOCK.badTheta}], instance * N + j); }
    }
    workgroupBarrier();
    prepare(0u, row, local);
    prepare(1u, row, local);
    let isOwn = draw == 0u && shared_.own == 1u;
    var coordinates = 0u;
    var more = 0;
    for (var j = lane; j < N && inside; j += LANES) {
      var above = false;
      if (isOwn) { above = z[row * N + j] == 1.0; } else { above = isChosen(1u, slot, row, j); }
      let below = isChosen(0u, slot, row, j);
      if (above == below || !moves) { continue; }
      let difference = select(-1, 1, above);
      coordinates++;
      more += difference;
      atomicAdd(&differences[instance * N + j], difference);
    }
    if (coordinates > 0u) { atomicAdd(&changed[slot], coordinates); atomicAdd(&ones[slot], more); }
    workgroupBarrier();
    if (lane == 0u) {
      let count = atomicExchange(&changed[slot], 0u);
      let grown = atomicExchange(&ones[slot], 0);
      if (count > 0u) {
        atomicAdd(&totals[0], count);
        atomicAdd(&totals[1], 1u);
        atomicAdd(&totals[2], u32(grown * grown));
      }
    }
    workgroupBarrier();
  }
  if (local < 3u) { atomicAdd(&block[${BLOCK.coordinates}u + local], atomicLoad(&totals[local])); }
}`,
  };
}

/** Writes the gradient in theta, clears the differences, and tells the policy what changed. */
export function finishProgram(structure: SubsetStructure): Program {
  return {
    name: 'subsets: finish',
    access: ['write', 'write', 'write'],
    code: `
@group(0) @binding(0) var<storage, read_write> block: array<atomic<u32>, ${BLOCK.words}>;
@group(0) @binding(1) var<storage, read_write> differences: array<i32>;
@group(0) @binding(2) var<storage, read_write> gradient: array<u32>;
@group(0) @binding(3) var<uniform> shared_: Shared;
${common(structure, false)}
${blockAccess}
var<workgroup> zeros: atomic<u32>;

fn update(coordinates: f32, size: f32) {
  let a = number(${BLOCK.policy}u);
  let b = number(${BLOCK.policy + 1}u);
  if (shared_.policy == 1u) {
    put(${BLOCK.policy}u, 0.99 * a + size);
    put(${BLOCK.policy + 1}u, 0.99 * b + coordinates);
  } else if (shared_.policy == 2u) {
    let changed = shared_.decay * b + (1.0 - shared_.decay) * coordinates;
    let towards = select(-shared_.step, shared_.step, changed < shared_.wanted);
    let latest = shared_.momentum * number(${BLOCK.policy + 2}u) + towards;
    put(${BLOCK.policy}u, max(a + latest, 0.0));
    put(${BLOCK.policy + 1}u, changed);
    put(${BLOCK.policy + 2}u, latest);
  }
}

@compute @workgroup_size(${THREADS})
fn main(@builtin(local_invocation_index) local: u32, @builtin(workgroup_id) place: vec3<u32>,
    @builtin(num_workgroups) places: vec3<u32>) {
  let i = (place.x + place.y * places.x) * ${THREADS}u + local;
  if (local == 0u) { atomicStore(&zeros, 0u); }
  workgroupBarrier();
  let lambda = number(${BLOCK.lambda}u);
  let differences_ = f32(shared_.samples * shared_.draws);
  if (i < shared_.instances * N) {
    let difference = differences[i];
    differences[i] = 0;
    var value = 0u;
    if (difference != 0) {
      let weight = shared_.factor / select(1.0, lambda, shared_.divided > 0.0) / differences_;
      value = bitcast<u32>(weight * f32(difference));
    } else {
      atomicAdd(&zeros, 1u);
    }
    gradient[i] = select(value, 0x7fc00000u, isSpoiled());
  }
  workgroupBarrier();
  if (local > 0u) { return; }
  atomicAdd(&block[${BLOCK.zeros}], atomicLoad(&zeros));
  if (i > 0u) { return; }
  atomicAdd(&block[${BLOCK.passes}], 1u);
  if (isSpoiled()) { return; }
  let all = f32(shared_.rows * shared_.draws);
  let coordinates = f32(atomicLoad(&block[${BLOCK.coordinates}])) / all;
  put(${BLOCK.changedCoordinates}u, coordinates);
  put(${BLOCK.changedShare}u, f32(atomicLoad(&block[${BLOCK.groups}])) / all);
  update(coordinates, f32(atomicLoad(&block[${BLOCK.squares}])) / all);
}`,
  };
}
