/** The part of WebGPU that is used here. */
export interface GpuBuffer {
  readonly size: number;
  readonly usage: number;
}

interface Pass {
  setPipeline(pipeline: object): void;
  setBindGroup(index: number, group: object): void;
  dispatchWorkgroups(count: number): void;
  end(): void;
}

interface Device {
  createBuffer(description: { size: number; usage: number }): GpuBuffer;
  createShaderModule(description: { code: string }): object;
  createComputePipeline(description: object): { getBindGroupLayout(index: number): object };
  createBindGroup(description: object): object;
}

interface Surface {
  configure(description: object): void;
  getCurrentTexture(): object;
}

interface Canvas {
  getContext(kind: 'webgpu'): Surface;
  getContext(kind: '2d', options: { willReadFrequently: true }): Copy;
}

interface Copy {
  drawImage(canvas: Canvas, left: number, top: number): void;
  getImageData(
    left: number,
    top: number,
    width: number,
    height: number,
  ): { readonly data: Uint8ClampedArray };
}

/** The part of TensorFlow.js's WebGPU backend that is used here. */
export interface GpuBackend {
  readonly device: Device;
  readonly commandEncoder: {
    beginComputePass(): Pass;
    copyBufferToTexture(from: object, to: object, size: object): void;
  };
  ensureCommandEncoderReady(): void;
  endComputePassEncoder(): void;
  submitQueue(): void;
}

/** Flags of WebGPU's GPUBufferUsage and GPUTextureUsage, fixed by the standard. */
const BUFFER_COPY_SRC = 0x4;
export const BUFFER_STORAGE = 0x80;
const TEXTURE_COPY_DST = 0x2;

/** Pixels in a row. When a buffer is copied to a texture, rows must start at multiples of 256 bytes. */
const WIDTH = 256;
const MAX_ROWS = 2048;
const MIN_ROWS = 16;
const GROUP = 64;

/**
 * A canvas keeps colours exactly only in opaque pixels, so a word becomes two of them: its first three bytes, and its
 * last one. The bytes are swapped, since the texture stores blue first and the canvas returns red first.
 */
const program = `
@group(0) @binding(0) var<storage, read> words: array<u32>;
@group(0) @binding(1) var<storage, read_write> pixels: array<u32>;
@compute @workgroup_size(${GROUP})
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  if (id.x < arrayLength(&words)) {
    let word = words[id.x];
    let turned = ((word & 0xffu) << 16u) | (word & 0xff00u) | ((word >> 16u) & 0xffu);
    pixels[2 * id.x] = turned | 0xff000000u;
    pixels[2 * id.x + 1] = ((word >> 24u) << 16u) | 0xff000000u;
  }
}`;

/** A canvas, the pixels drawn on it, and the copy that is read. */
interface Window {
  readonly pixels: GpuBuffer;
  readonly canvas: Canvas;
  readonly surface: Surface;
  readonly copy: Copy;
}

/**
 * Reads GPU buffers synchronously through canvases, which are as small as the values allow and are kept.
 */
export class CanvasReader {
  readonly #backend: GpuBackend;
  readonly #pipeline: ReturnType<Device['createComputePipeline']>;
  readonly #layout: object;
  readonly #windows = new Map<number, Window>();

  constructor(backend: GpuBackend) {
    this.#backend = backend;
    const module = backend.device.createShaderModule({ code: program });
    const compute = { module, entryPoint: 'main' };
    this.#pipeline = backend.device.createComputePipeline({ layout: 'auto', compute });
    this.#layout = this.#pipeline.getBindGroupLayout(0);
  }

  read(buffer: GpuBuffer): ArrayBuffer {
    const words = new Uint32Array(buffer.size / 4);
    const maxWords = (MAX_ROWS * WIDTH) / 2;
    for (let from = 0; from < words.length; from += maxWords) {
      const count = Math.min(maxWords, words.length - from);
      const colours = this.#coloursOf(buffer, from, count);
      for (let at = 0; at < count; at++) {
        words[from + at] = ((colours[2 * at] as number) & 0xffffff) | ((colours[2 * at + 1] as number) << 24);
      }
    }
    return words.buffer;
  }

  #coloursOf(buffer: GpuBuffer, from: number, count: number): Uint32Array {
    const backend = this.#backend;
    const rows = Math.ceil((count * 2) / WIDTH);
    const { pixels, canvas, surface, copy } = this.#windowOf(rows);
    backend.ensureCommandEncoderReady();
    backend.endComputePassEncoder();
    const group = backend.device.createBindGroup({
      layout: this.#layout,
      entries: [
        { binding: 0, resource: { buffer, offset: from * 4, size: count * 4 } },
        { binding: 1, resource: { buffer: pixels } },
      ],
    });
    const pass = backend.commandEncoder.beginComputePass();
    pass.setPipeline(this.#pipeline);
    pass.setBindGroup(0, group);
    pass.dispatchWorkgroups(Math.ceil(count / GROUP));
    pass.end();
    backend.commandEncoder.copyBufferToTexture(
      { buffer: pixels, bytesPerRow: WIDTH * 4 },
      { texture: surface.getCurrentTexture() },
      { width: WIDTH, height: rows },
    );
    backend.submitQueue();
    copy.drawImage(canvas, 0, 0);
    return new Uint32Array(copy.getImageData(0, 0, WIDTH, rows).data.buffer);
  }

  #windowOf(needed: number): Window {
    let rows = MIN_ROWS;
    while (rows < needed) rows *= 2;
    let window = this.#windows.get(rows);
    if (window === undefined) {
      window = this.#open(rows);
      this.#windows.set(rows, window);
    }
    return window;
  }

  #open(rows: number): Window {
    const { device } = this.#backend;
    const { OffscreenCanvas } = globalThis as unknown as {
      OffscreenCanvas: new (width: number, height: number) => Canvas;
    };
    const canvas = new OffscreenCanvas(WIDTH, rows);
    const surface = canvas.getContext('webgpu');
    surface.configure({ device, format: 'bgra8unorm', usage: TEXTURE_COPY_DST, alphaMode: 'opaque' });
    const copy = new OffscreenCanvas(WIDTH, rows).getContext('2d', { willReadFrequently: true });
    const usage = BUFFER_STORAGE | BUFFER_COPY_SRC;
    const pixels = device.createBuffer({ size: WIDTH * rows * 4, usage });
    return { pixels, canvas, surface, copy };
  }
}
