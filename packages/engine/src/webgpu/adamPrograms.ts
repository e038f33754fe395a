import type { Program } from './gpu.js';

/** Threads of a workgroup, and numbers that a thread works on. */
export const THREADS = 256;

const threads = `
@compute @workgroup_size(${THREADS})
fn main(@builtin(local_invocation_index) local: u32, @builtin(workgroup_id) group: vec3<u32>,
    @builtin(num_workgroups) groups: vec3<u32>) {
  let i = (group.x + group.y * groups.x) * ${THREADS}u + local;`;

/** Where the first gradient that is not finite is noted; both are `NONE` where all are. */
export const FLAGS = { parameter: 0, element: 1 } as const;
export const NONE = 0xffffffff;

/** Notes the first parameter, and an element of it, whose gradient is not finite. */
export const checkProgram: Program = {
  name: 'adam: check',
  access: ['read', 'write'],
  code: `
struct Shared { size: u32, parameter: u32, step: u32 }
@group(0) @binding(0) var<storage, read> gradient: array<u32>;
@group(0) @binding(1) var<storage, read_write> flags: array<atomic<u32>, 4>;
@group(0) @binding(2) var<uniform> shared_: Shared;
${threads}
  // By its bits: compilers may assume that numbers are finite.
  if (i >= shared_.size || (gradient[i] & 0x7f800000u) != 0x7f800000u) { return; }
  let known = atomicLoad(&flags[0]);
  if (known != ${NONE}u && (known != shared_.parameter || atomicLoad(&flags[2]) != shared_.step)) { return; }
  atomicStore(&flags[2], shared_.step);
  atomicStore(&flags[0], shared_.parameter);
  atomicMin(&flags[1], i);
}`,
};

/** Moves the two moments, which lie one behind the other, and writes the parameter after the step. */
export const moveProgram: Program = {
  name: 'adam: move',
  access: ['read', 'read', 'read', 'write', 'write'],
  code: `
struct Shared {
  size: u32, beta1: f32, new1: f32, beta2: f32, new2: f32, epsilon: f32, rate: f32, scale: f32,
}
@group(0) @binding(0) var<storage, read> parameter: array<f32>;
@group(0) @binding(1) var<storage, read> gradient: array<f32>;
@group(0) @binding(2) var<storage, read> flags: array<u32, 4>;
@group(0) @binding(3) var<storage, read_write> moments: array<f32>;
@group(0) @binding(4) var<storage, read_write> next: array<f32>;
@group(0) @binding(5) var<uniform> shared_: Shared;
${threads}
  if (i >= shared_.size) { return; }
  if (flags[0] != ${NONE}u) { next[i] = parameter[i]; return; }
  let g = gradient[i];
  let m = shared_.beta1 * moments[i] + shared_.new1 * g;
  let v = shared_.beta2 * moments[shared_.size + i] + shared_.new2 * g * g;
  moments[i] = m;
  moments[shared_.size + i] = v;
  next[i] = parameter[i] - shared_.rate * m / (sqrt(v) * shared_.scale + shared_.epsilon);
}`,
};
