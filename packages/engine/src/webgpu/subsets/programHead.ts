import type { SubsetStructure } from '../../operations/device.js';
import { noise } from './noise.js';

/** Threads of a workgroup. */
export const THREADS = 256;
/** Up to here the scores of a row lie in a workgroup's memory, and each is ranked against all others. */
export const MOST_RANKED = 1024;
/** Where nothing is noted. */
export const NONE = 0xffffffff;

/** Words of the block that a layer keeps on the GPU: notes and counts of the latest pass, and what adapts, as float32. */
export const BLOCK = {
  badTheta: 0,
  badGradient: 1,
  coordinates: 2,
  groups: 3,
  squares: 4,
  zeros: 5,
  passes: 7,
  policy: 8,
  lambda: 11,
  curvature: 12,
  correction: 16,
  changedCoordinates: 17,
  changedShare: 18,
  words: 20,
} as const;

/** How the elements of a row are spread over threads: `lanes` of them, each with up to `each` elements. */
export interface Spread {
  readonly lanes: number;
  readonly rows: number;
  readonly each: number;
}

export function spreadOf(size: number): Spread {
  const lanes = Math.min(THREADS, 2 ** Math.ceil(Math.log2(size)));
  return { lanes, rows: THREADS / lanes, each: Math.ceil(size / lanes) };
}

/** Numbers that all programs of a pass share, in the order of their memory. */
export const sharedFields = {
  rows: 'u32',
  samples: 'u32',
  events: 'u32',
  instances: 'u32',
  key0: 'u32',
  key1: 'u32',
  shift0: 'u32',
  shift1: 'u32',
  finite: 'u32',
  own: 'u32',
  draws: 'u32',
  groups: 'u32',
  learns: 'u32',
  policy: 'u32',
  sign: 'f32',
  temperature: 'f32',
  keepLower: 'f32',
  keepUpper: 'f32',
  moveUpper: 'f32',
  noiseMean: 'f32',
  reach: 'f32',
  factor: 'f32',
  divided: 'f32',
  step: 'f32',
  wanted: 'f32',
  decay: 'f32',
  momentum: 'f32',
} as const;

export type SharedField = keyof typeof sharedFields;

/** What all programs of a structure begin with. */
export function common({ size, low, high }: SubsetStructure, noisy: boolean): string {
  const { lanes, rows, each } = spreadOf(size);
  const fields = Object.entries(sharedFields).map(([name, type]) => `${name}: ${type}`);
  const noNoise = 'fn noiseOf(key: vec2<u32>, element: u32, shift: vec2<u32>) -> f32 { return 0.0; }';
  return `
const N = ${size}u;
const LOW = ${low}u;
const HIGH = ${high}u;
const LANES = ${lanes}u;
const ROWS = ${rows}u;
const EACH = ${each}u;
const NONE = ${NONE}u;
struct Shared { ${fields.join(', ')} }
${noisy ? noise : noNoise}
fn instanceOf(row: u32) -> u32 {
  return (row / (shared_.samples * shared_.events)) * shared_.events + row % shared_.events;
}

/** By its bits: compilers may assume that numbers are finite. Infinities are masks, where the structure has them. */
fn isRefused(score: f32) -> bool {
  let magnitude = bitcast<u32>(score) & 0x7fffffffu;
  return magnitude > 0x7f800000u || (magnitude == 0x7f800000u && shared_.finite == 1u);
}
`;
}

/** The head of a program in which each row has LANES threads: its row, and which of its elements are a thread's. */
export const rowsMain = `
@compute @workgroup_size(${THREADS})
fn main(@builtin(local_invocation_index) local: u32, @builtin(workgroup_id) place: vec3<u32>,
    @builtin(num_workgroups) places: vec3<u32>) {
  let group = place.x + place.y * places.x;
  let slot = local / LANES;
  let lane = local % LANES;
  let row = group * ROWS + slot;
  let inside = row < shared_.rows;
  let instance = instanceOf(row);
`;

/** Numbers and counts in the block, which must be bound as \`block\`. */
export const blockAccess = `
fn number(at: u32) -> f32 { return bitcast<f32>(atomicLoad(&block[at])); }
fn put(at: u32, value: f32) { atomicStore(&block[at], bitcast<u32>(value)); }
fn isSpoiled() -> bool {
  return atomicLoad(&block[${BLOCK.badTheta}]) != NONE || atomicLoad(&block[${BLOCK.badGradient}]) != NONE;
}
`;
