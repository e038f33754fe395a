import type * as TensorFlowJs from '@tensorflow/tfjs';
import type { HeldTicks } from './heldTicks.js';

/** The part of a GPU buffer that is used here. */
export interface Buffer {
  readonly size: number;
  readonly mapState: 'unmapped' | 'pending' | 'mapped';
  mapAsync(mode: number): Promise<void>;
  getMappedRange(): ArrayBuffer;
  unmap(): void;
}

/** The part of TensorFlow.js's WebGPU backend that is used here. */
export interface WebgpuBackend {
  readonly tensorMap: {
    get(dataId: object): {
      values: TensorFlowJs.backend_util.BackendValues | null;
      readonly dtype: TensorFlowJs.DataType;
      readonly resource?: Buffer | null;
    };
  };
  readonly bufferManager: {
    acquireBuffer(size: number, usage: number): Buffer;
    releaseBuffer(buffer: Buffer): void;
  };
  readonly commandEncoder: {
    copyBufferToBuffer(from: Buffer, fromOffset: number, to: Buffer, toOffset: number, size: number): void;
  };
  ensureCommandEncoderReady(): void;
  endComputePassEncoder(): void;
  submitQueue(): void;
  read(dataId: object): Promise<TensorFlowJs.backend_util.BackendValues>;
  readSync(dataId: object): TensorFlowJs.backend_util.BackendValues;
}

export type WebgpuBackendClass = new (device: object, adapterInfo: object) => WebgpuBackend;

/** Flags of WebGPU's GPUBufferUsage and GPUMapMode, fixed by the standard. */
const MAP_READ = 0x1;
const COPY_DST = 0x8;
const READ = 0x1;

/**
 * Extends TensorFlow.js's WebGPU backend by synchronous reads in Node. The original draws on a canvas of the browser;
 * this copies the values into a mappable buffer and runs Dawn's ticks until it is mapped.
 */
export function nodeBackendOf(
  tf: typeof TensorFlowJs,
  Backend: WebgpuBackendClass,
  ticks: HeldTicks,
): WebgpuBackendClass {
  return class NodeBackend extends Backend {
    override read(dataId: object) {
      return ticks.during(() => super.read(dataId));
    }

    override readSync(dataId: object) {
      const data = this.tensorMap.get(dataId);
      if (data.values !== null && data.values !== undefined) return data.values;
      const { resource } = data;
      if (resource === null || resource === undefined) return super.readSync(dataId);
      const bytes = this.#bytesOf(resource);
      data.values = tf.util.convertBackendValuesAndArrayBuffer(bytes, data.dtype as 'float32');
      return data.values;
    }

    #bytesOf(buffer: Buffer): ArrayBuffer {
      const { size } = buffer;
      const staging = this.bufferManager.acquireBuffer(size, COPY_DST | MAP_READ);
      this.ensureCommandEncoderReady();
      this.endComputePassEncoder();
      this.commandEncoder.copyBufferToBuffer(buffer, 0, staging, 0, size);
      this.submitQueue();
      let failure: unknown;
      ticks
        .during(() => staging.mapAsync(READ))
        .catch((error: unknown) => {
          failure = error;
        });
      while (staging.mapState === 'pending' && ticks.run());
      if (staging.mapState !== 'mapped') {
        const why =
          staging.mapState === 'pending' ? 'another read is under way; await it first' : 'the device is lost';
        throw new Error(`webgpu: values cannot be read from the GPU: ${why}`, { cause: failure });
      }
      const bytes = staging.getMappedRange().slice(0);
      staging.unmap();
      this.bufferManager.releaseBuffer(staging);
      return bytes;
    }
  };
}
