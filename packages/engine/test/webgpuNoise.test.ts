import { foldIn, gumbel, key, type Noise, sumOfGamma } from '@aimle/random';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import { Gpu, type ProgramBackend, sharedNumbers } from '../src/webgpu/gpu.js';
import { noise } from '../src/webgpu/subsets/noise.js';

const COUNT = 60_000;

/** Writes the draws of a stream, four for each thread. */
const program = {
  name: 'noise',
  access: ['read', 'write'] as const,
  code: `
struct Shared { key0: u32, key1: u32, shift0: u32, shift1: u32, first: u32 }
@group(0) @binding(0) var<storage, read> cells: array<vec2<u32>>;
@group(0) @binding(1) var<storage, read_write> draws: array<u32>;
@group(0) @binding(2) var<uniform> shared_: Shared;
${noise}
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  for (var i = 4u * id.x; i < min(4u * id.x + 4u, ${COUNT}u); i++) {
    let key = vec2<u32>(shared_.key0, shared_.key1);
    draws[i] = bitcast<u32>(noiseOf(key, shared_.first + i, vec2<u32>(shared_.shift0, shared_.shift1)));
  }
}`,
};

describe.runIf(tf.getBackend() === 'webgpu')('noise on a GPU', () => {
  const noises: readonly (readonly [string, Noise])[] = [
    ['gumbel', gumbel()],
    ['sum of gamma', sumOfGamma({ kappa: 10 })],
    ['sum of one gamma', sumOfGamma({ kappa: 2.5, terms: 1 })],
  ];
  test.each(noises)('%s has the bits of the host, far tails included', (name, { quantiles, fill }) => {
    const gpu = new Gpu(tf.backend() as unknown as ProgramBackend);
    const { cells, shift } = quantiles!();
    const stream = foldIn(key(3), name);
    const out = gpu.make(new Int32Array(COUNT));
    const [shift0, shift1] = new Uint32Array(Float64Array.of(shift).buffer);
    const numbers = [...stream, shift0!, shift1!, 0].map((value) => ['u32', value] as const);
    gpu.run(program, [gpu.constant(cells), out], sharedNumbers(numbers), Math.ceil(COUNT / 256));
    const found = gpu.readSync(out);
    gpu.dispose(out);
    const wanted = new Float32Array(COUNT);
    fill(stream, wanted);
    const bits = new Int32Array(wanted.buffer);
    expect(found.findIndex((word, i) => word !== bits[i])).toBe(-1);
    // Two in a thousand draws lie in a tail that needs more bits.
    expect(Math.max(...wanted.map((x) => Math.abs(x)))).toBeGreaterThan(2);
  });
});
