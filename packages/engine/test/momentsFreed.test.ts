import type * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { WebglMoments } from '../src/webgl/webglMoments.js';
import type { Gpu } from '../src/webgpu/gpu.js';
import { WebgpuMoments } from '../src/webgpu/webgpuMoments.js';

const arrays = () => ({
  m: new Map([['weight', Float32Array.of(1, 2)]]),
  v: new Map([['weight', Float32Array.of(3, 4)]]),
});

/** Buffers that were made and not yet freed. */
class Buffers {
  readonly live = new Map<object, Float32Array | Int32Array>();

  make(values: Float32Array | Int32Array): tf.TensorInfo {
    const dataId = {};
    this.live.set(dataId, values);
    return { dataId, shape: [values.length], dtype: 'float32' };
  }
}

test('moments on webgl free every texture, and read no note before a step', () => {
  const buffers = new Buffers();
  const moments = new WebglMoments(
    {},
    {
      makeTensorInfo: (_shape: number[], _dtype: string, values: Float32Array) => buffers.make(values),
      disposeData: (id: object) => buffers.live.delete(id),
      readSync: (id: object) => buffers.live.get(id),
    } as never,
    arrays(),
  );
  expect(moments.export()).toEqual(arrays());
  moments.dispose();
  expect(buffers.live.size).toBe(0);
});

test('moments on webgpu free every buffer, and read no flags before a step', () => {
  const buffers = new Buffers();
  const gpu = {
    make: (values: Float32Array) => buffers.make(values),
    dispose: (...infos: tf.TensorInfo[]) => {
      for (const { dataId } of infos) buffers.live.delete(dataId);
    },
    readSync: ({ dataId }: tf.TensorInfo) => buffers.live.get(dataId),
  };
  const moments = new WebgpuMoments({}, gpu as unknown as Gpu, arrays());
  expect(moments.export()).toEqual(arrays());
  moments.dispose();
  expect(buffers.live.size).toBe(0);
});
