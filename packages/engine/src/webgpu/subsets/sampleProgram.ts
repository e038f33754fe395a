import type { SubsetStructure } from '../../operations/device.js';
import type { Program } from '../gpu.js';
import { BLOCK, common, MOST_RANKED, rowsMain } from './programHead.js';
import { selection } from './selection.js';

/** Writes the best states of theta + noise. A row whose scores the structure refuses becomes NaN, and is noted. */
export function sampleProgram(structure: SubsetStructure, noisy: boolean): Program {
  const large = structure.size > MOST_RANKED;
  return {
    name: 'subsets: sample',
    access: ['read', 'read', 'write', 'write', ...(large ? (['write'] as const) : [])],
    code: `
@group(0) @binding(0) var<storage, read> theta: array<f32>;
@group(0) @binding(1) var<storage, read> cells: array<vec2<u32>>;
@group(0) @binding(2) var<storage, read_write> block: array<atomic<u32>, ${BLOCK.words}>;
@group(0) @binding(3) var<storage, read_write> z: array<u32>;
${large ? '@group(0) @binding(4) var<storage, read_write> keys: array<u32>;' : ''}
@group(0) @binding(${large ? 5 : 4}) var<uniform> shared_: Shared;
${common(structure, noisy)}
${selection(structure.size, 1)}
var<workgroup> refused: array<atomic<u32>, ROWS>;
${rowsMain}
  if (lane == 0u) { atomicStore(&refused[slot], 0u); }
  workgroupBarrier();
  for (var j = lane; j < N && inside; j += LANES) {
    let noise = noiseOf(vec2<u32>(shared_.key0, shared_.key1), row * N + j, vec2<u32>(shared_.shift0, shared_.shift1));
    let score = shared_.sign * theta[instance * N + j] + shared_.temperature * noise;
    keep(0u, slot, row, j, score);
    if (isRefused(score)) {
      atomicStore(&refused[slot], 1u);
      atomicMin(&block[${BLOCK.badTheta}], instance * N + j);
    }
  }
  workgroupBarrier();
  prepare(0u, row, local);
  let isBad = atomicLoad(&refused[slot]) == 1u;
  for (var j = lane; j < N && inside; j += LANES) {
    z[row * N + j] = select(select(0u, 0x3f800000u, isChosen(0u, slot, row, j)), 0x7fc00000u, isBad);
  }
}`,
  };
}
