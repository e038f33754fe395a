import type { SubsetStructure } from '../../operations/device.js';
import type { Program } from '../gpu.js';
import { BLOCK, blockAccess, common, rowsMain, THREADS } from './programHead.js';

/** c of the learned curvature, times the number of samples: curvatureCorrection.ts of @aimle/estimators has the formula. */
const curvature = `
fn curvature() -> f32 {
  let gradient = number(${BLOCK.curvature}u);
  let moved = number(${BLOCK.curvature + 1}u);
  let noise = number(${BLOCK.curvature + 2}u);
  let sure = gradient * gradient;
  if (shared_.learns == 0u || !(sure > noise)) { return 0.0; }
  return gradient * moved / (moved * moved + number(${BLOCK.curvature + 3}u)) * (1.0 - noise / sure);
}
`;

/** Writes the mean states of the samples of each instance. */
export function centreProgram(structure: SubsetStructure): Program {
  return {
    name: 'subsets: centre',
    access: ['read', 'write'],
    code: `
@group(0) @binding(0) var<storage, read> z: array<f32>;
@group(0) @binding(1) var<storage, read_write> centre: array<f32>;
@group(0) @binding(2) var<uniform> shared_: Shared;
${common(structure, false)}
@compute @workgroup_size(${THREADS})
fn main(@builtin(local_invocation_index) local: u32, @builtin(workgroup_id) place: vec3<u32>,
    @builtin(num_workgroups) places: vec3<u32>) {
  let i = (place.x + place.y * places.x) * ${THREADS}u + local;
  if (i >= shared_.instances * N) { return; }
  let width = shared_.events * N;
  let first = (i / width) * shared_.samples * width + i % width;
  var ones = 0.0;
  for (var s = 0u; s < shared_.samples; s++) { ones += z[first + s * width]; }
  centre[i] = ones / f32(shared_.samples);
}`,
  };
}

/**
 * Measures each row, and sums over the rows of a workgroup: squares of theta and of g = S dL/dz, the variance of g and
 * the square of its mean, and how g and z vary together: with the noise if \`noisy\`, otherwise around the mean state.
 */
export function measureProgram(structure: SubsetStructure, noisy: boolean): Program {
  const off = noisy
    ? 'noiseOf(vec2<u32>(shared_.key0, shared_.key1), at, vec2<u32>(shared_.shift0, shared_.shift1)) - shared_.noiseMean'
    : 'state - select(0.0, centre[instance * N + j], shared_.learns == 1u)';
  return {
    name: 'subsets: measure',
    access: ['read', 'read', 'read', 'read', 'write', 'write'],
    code: `
@group(0) @binding(0) var<storage, read> theta: array<f32>;
@group(0) @binding(1) var<storage, read> z: array<f32>;
@group(0) @binding(2) var<storage, read> gradient: array<f32>;
@group(0) @binding(3) var<storage, read> ${noisy ? 'cells: array<vec2<u32>>' : 'centre: array<f32>'};
@group(0) @binding(4) var<storage, read_write> block: array<atomic<u32>, ${BLOCK.words}>;
@group(0) @binding(5) var<storage, read_write> partials: array<vec4<f32>>;
@group(0) @binding(6) var<uniform> shared_: Shared;
${common(structure, noisy)}
${blockAccess}
${curvature}
var<workgroup> lanes_: array<vec4<f32>, ${THREADS}>;
var<workgroup> firsts: array<vec4<f32>, ROWS>;
var<workgroup> seconds: array<vec4<f32>, ROWS>;

/** The sum over the lanes of a row. */
fn sumOfLanes(local: u32, slot: u32, lane: u32, value: vec4<f32>) -> vec4<f32> {
  lanes_[local] = value;
  workgroupBarrier();
  for (var step = LANES / 2u; step > 0u; step >>= 1u) {
    if (lane < step) { lanes_[local] += lanes_[local + step]; }
    workgroupBarrier();
  }
  let total = lanes_[slot * LANES];
  workgroupBarrier();
  return total;
}
${rowsMain}
  let samples = f32(shared_.samples);
  let used = curvature();
  let c = used / samples;
  var sums = vec4<f32>();
  for (var j = lane; j < N && inside; j += LANES) {
    let at = row * N + j;
    let g = gradient[at];
    if ((bitcast<u32>(g) & 0x7f800000u) == 0x7f800000u) { atomicMin(&block[${BLOCK.badGradient}], at); }
    let t = theta[instance * N + j];
    // A masked coordinate never changes and does not tell the scale of the others.
    let isMasked = (bitcast<u32>(t) & 0x7f800000u) == 0x7f800000u;
    sums += vec4<f32>(samples * (g - c * (z[at] - 0.5)), g, select(t * t, 0.0, isMasked), 0.0);
  }
  let totals = sumOfLanes(local, slot, lane, sums);
  let mean = totals.x / f32(N);
  let centreOfG = select(0.0, totals.y / f32(N), ${noisy});
  sums = vec4<f32>();
  for (var j = lane; j < N && inside; j += LANES) {
    let at = row * N + j;
    let state = z[at];
    let g = gradient[at];
    let direction = samples * (g - c * (state - 0.5));
    let off = ${off};
    sums += vec4<f32>(direction * direction, (direction - mean) * (direction - mean), off * (g - centreOfG), off * state);
  }
  let more = sumOfLanes(local, slot, lane, sums);
  if (lane == 0u) {
    let along = samples * more.z;
    let error = along - used * more.w;
    let variance = select(more.x, more.y / max(f32(N) - 1.0, 1.0), N > 1u);
    let none = vec4<f32>();
    firsts[slot] = select(none, vec4<f32>(totals.z, more.x, variance, select(0.0, mean * mean, N > 1u)), inside);
    seconds[slot] = select(none, vec4<f32>(along, more.w, error * error, more.w * more.w), inside);
  }
  workgroupBarrier();
  if (local > 0u) { return; }
  var first = vec4<f32>();
  var second = vec4<f32>();
  for (var i = 0u; i < ROWS; i++) { first += firsts[i]; second += seconds[i]; }
  partials[2u * group] = first;
  partials[2u * group + 1u] = second;
}`,
  };
}

/** Chooses lambda from what was measured, and learns the curvature. One workgroup. */
export function chooseProgram(structure: SubsetStructure): Program {
  return {
    name: 'subsets: choose',
    access: ['read', 'write'],
    code: `
@group(0) @binding(0) var<storage, read> partials: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read_write> block: array<atomic<u32>, ${BLOCK.words}>;
@group(0) @binding(2) var<uniform> shared_: Shared;
${common(structure, false)}
${blockAccess}
${curvature}
var<workgroup> firsts: array<vec4<f32>, ${THREADS}>;
var<workgroup> seconds: array<vec4<f32>, ${THREADS}>;

fn lambdaOf(measured: vec4<f32>) -> f32 {
  let a = number(${BLOCK.policy}u);
  if (shared_.policy == 0u) { return shared_.reach; }
  if (shared_.policy == 1u) {
    let coordinates = number(${BLOCK.policy + 1}u);
    let free = select(0.0, min(1.0, a / coordinates), coordinates > 0.0);
    let spread = sqrt((measured.z + free * measured.w) / f32(shared_.rows));
    return select(0.0, shared_.reach / spread, spread > 0.0);
  }
  return select(0.0, a * sqrt(measured.x) / sqrt(measured.y), measured.y > 0.0);
}

@compute @workgroup_size(${THREADS})
fn main(@builtin(local_invocation_index) local: u32) {
  var first = vec4<f32>();
  var second = vec4<f32>();
  for (var i = local; i < shared_.groups; i += ${THREADS}u) {
    first += partials[2u * i];
    second += partials[2u * i + 1u];
  }
  firsts[local] = first;
  seconds[local] = second;
  workgroupBarrier();
  for (var step = ${THREADS / 2}u; step > 0u; step >>= 1u) {
    if (local < step) { firsts[local] += firsts[local + step]; seconds[local] += seconds[local + step]; }
    workgroupBarrier();
  }
  if (local > 0u) { return; }
  for (var i = ${BLOCK.coordinates}u; i <= ${BLOCK.zeros}u; i++) { atomicStore(&block[i], 0u); }
  put(${BLOCK.correction}u, curvature() / f32(shared_.samples));
  if (isSpoiled()) { put(${BLOCK.lambda}u, 0.0); return; }
  put(${BLOCK.lambda}u, lambdaOf(firsts[0]));
  if (shared_.learns == 0u) { return; }
  let learned = seconds[0];
  for (var i = 0u; i < 4u; i++) {
    // Of sums of squares the weight is that of the sums, squared.
    let weight = select(0.99, 0.9801, i > 1u);
    put(${BLOCK.curvature}u + i, weight * number(${BLOCK.curvature}u + i) + learned[i]);
  }
}`,
  };
}
