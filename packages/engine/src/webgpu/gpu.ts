import type * as tf from '@tensorflow/tfjs';

interface Pass {
  setPipeline(pipeline: object): void;
  setBindGroup(index: number, group: object): void;
  dispatchWorkgroups(x: number, y: number): void;
}

/** The part of TensorFlow.js's WebGPU backend that is used here. Some of it is private there. */
export interface ProgramBackend {
  readonly adapterInfo: { readonly vendor: string; readonly architecture: string };
  readonly device: {
    readonly limits: { readonly maxStorageBufferBindingSize: number };
    createShaderModule(description: object): object;
    createBindGroupLayout(description: object): object;
    createPipelineLayout(description: object): object;
    createComputePipeline(description: object): object;
    createBindGroup(description: object): object;
  };
  readonly queue: { writeBuffer(buffer: object, offset: number, data: ArrayBuffer): void };
  readonly tensorMap: { get(dataId: object): { values: unknown; readonly resource: object } };
  readonly bufferManager: { acquireBuffer(size: number, usage: number): object };
  readonly commandEncoder: { beginComputePass(): Pass };
  readonly uniformPendingDisposal: object[];
  readonly commandQueueOwnedIds: WeakSet<object>;
  computePassEncoder: Pass | null;
  dispatchCountInPass: number;
  ensureCommandEncoderReady(): void;
  endComputePassEncoder(): void;
  submitQueue(): void;
  uploadToGPU(dataId: object): void;
  makeTensorInfo(
    shape: number[],
    dtype: 'float32' | 'int32',
    values?: Float32Array | Int32Array,
  ): tf.TensorInfo;
  disposeData(dataId: object): void;
  read(dataId: object): Promise<Float32Array | Int32Array>;
  readSync(dataId: object): Float32Array | Int32Array;
}

/** A program in WGSL, with the entry point `main`. */
export interface Program {
  readonly name: string;
  readonly code: string;
  /** Of each buffer, in the order of the bindings of group 0; numbers that all invocations share come last. */
  readonly access: readonly ('read' | 'write')[];
}

/** Flags of WebGPU's GPUBufferUsage and GPUShaderStage, fixed by the standard. */
const UNIFORM_COPY_DST = 0x48;
const COMPUTE = 0x4;
/** So many programs are recorded before they are sent to the GPU, as TensorFlow.js does. */
const BATCH = 15;
/** The largest number of workgroups in a dimension that WebGPU guarantees. */
const MAX_GROUPS = 65_535;

/** Runs our programs among those of TensorFlow.js's WebGPU backend, in order, on the same buffers. */
export class Gpu {
  readonly backend: ProgramBackend;
  readonly #constants = new WeakMap<Float64Array, tf.TensorInfo>();
  readonly #compiled = new Map<string, { readonly pipeline: object; readonly layout: object }>();

  constructor(backend: ProgramBackend) {
    this.backend = backend;
  }

  /** The largest buffer that a program may use, in bytes. */
  get maxBytes(): number {
    return this.backend.device.limits.maxStorageBufferBindingSize;
  }

  /** Makes a buffer that TensorFlow.js's engine does not count as a tensor. */
  make(values: Float32Array | Int32Array | number, dtype: 'float32' | 'int32' = 'float32'): tf.TensorInfo {
    const { backend } = this;
    const made =
      typeof values === 'number'
        ? backend.makeTensorInfo([values], dtype)
        : backend.makeTensorInfo([values.length], values instanceof Int32Array ? 'int32' : 'float32', values);
    backend.uploadToGPU(made.dataId);
    return made;
  }

  /** The buffer of a table that never changes, in double precision: two words a number, the lower first. */
  constant(table: Float64Array): tf.TensorInfo {
    let known = this.#constants.get(table);
    if (known === undefined) {
      known = this.make(new Int32Array(table.buffer, table.byteOffset, 2 * table.length));
      this.#constants.set(table, known);
    }
    return known;
  }

  dispose(...buffers: readonly tf.TensorInfo[]): void {
    for (const { dataId } of buffers) this.backend.disposeData(dataId);
  }

  /** Runs a program on `groups` workgroups; in WGSL, a workgroup's number is x + y * the number of groups in x. */
  run(program: Program, buffers: readonly tf.TensorInfo[], shared: ArrayBuffer, groups: number): void {
    if (groups === 0) return;
    const { backend } = this;
    const { device } = backend;
    const { pipeline, layout } = this.#compile(program);
    const uniform = backend.bufferManager.acquireBuffer(shared.byteLength, UNIFORM_COPY_DST);
    backend.queue.writeBuffer(uniform, 0, shared);
    backend.uniformPendingDisposal.push(uniform);
    const resources = buffers.map(({ dataId }, i) => {
      backend.uploadToGPU(dataId);
      backend.commandQueueOwnedIds.add(dataId);
      const data = backend.tensorMap.get(dataId);
      // What was read before is no longer what the buffer holds.
      if (program.access[i] === 'write') data.values = null;
      return data.resource;
    });
    const group = device.createBindGroup({
      layout,
      entries: [...resources, uniform].map((buffer, binding) => ({ binding, resource: { buffer } })),
    });
    backend.ensureCommandEncoderReady();
    backend.computePassEncoder ??= backend.commandEncoder.beginComputePass();
    const pass = backend.computePassEncoder;
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, group);
    const rows = Math.ceil(groups / MAX_GROUPS);
    pass.dispatchWorkgroups(Math.ceil(groups / rows), rows);
    backend.dispatchCountInPass++;
    if (backend.dispatchCountInPass < BATCH) return;
    backend.endComputePassEncoder();
    backend.submitQueue();
  }

  /** Reads a buffer without waiting here. Its content may have changed when it arrives. */
  async read({ dataId }: tf.TensorInfo): Promise<Float32Array | Int32Array> {
    this.backend.tensorMap.get(dataId).values = null;
    const values = (await this.backend.read(dataId)).slice();
    const data = this.backend.tensorMap.get(dataId);
    if (data !== undefined) data.values = null;
    return values;
  }

  /** Reads a buffer as it is after all programs so far. */
  readSync({ dataId }: tf.TensorInfo): Float32Array | Int32Array {
    this.backend.tensorMap.get(dataId).values = null;
    const values = this.backend.readSync(dataId).slice();
    this.backend.tensorMap.get(dataId).values = null;
    return values;
  }

  #compile({ name, code, access }: Program): { readonly pipeline: object; readonly layout: object } {
    const known = this.#compiled.get(code);
    if (known !== undefined) return known;
    const { device } = this.backend;
    const types = access.map((way) => (way === 'read' ? 'read-only-storage' : 'storage'));
    const layout = device.createBindGroupLayout({
      entries: [...types, 'uniform'].map((type, binding) => ({
        binding,
        visibility: COMPUTE,
        buffer: { type },
      })),
    });
    const pipeline = device.createComputePipeline({
      label: name,
      layout: device.createPipelineLayout({ bindGroupLayouts: [layout] }),
      compute: { module: device.createShaderModule({ label: name, code }), entryPoint: 'main' },
    });
    const compiled = { pipeline, layout };
    this.#compiled.set(code, compiled);
    return compiled;
  }
}

/** Numbers of four bytes that all invocations of a program share, in the order of its uniform structure. */
export function sharedNumbers(numbers: readonly (readonly ['u32' | 'f32', number])[]): ArrayBuffer {
  const words = new DataView(new ArrayBuffer(16 * Math.ceil(numbers.length / 4)));
  numbers.forEach(([type, value], i) => {
    if (type === 'u32') words.setUint32(4 * i, value, true);
    else words.setFloat32(4 * i, value, true);
  });
  return words.buffer;
}
