import * as tf from '@tensorflow/tfjs';
import { NotUsable } from '../selection/report.js';
import { BUFFER_STORAGE, CanvasReader, type GpuBackend, type GpuBuffer } from './canvasReader.js';

/** The part of TensorFlow.js's WebGPU backend that is used here. */
interface Backend extends GpuBackend {
  readonly tensorMap: {
    get(dataId: object): {
      values?: tf.backend_util.BackendValues | null;
      readonly dtype: tf.DataType;
      readonly resource?: GpuBuffer | null;
    };
  };
  readSync(dataId: object): tf.backend_util.BackendValues;
}

const name = 'readSync';
const patched = new WeakSet<object>();

/**
 * Adds a faster way to read tensors synchronously in browsers, where a canvas is the only way. TensorFlow.js draws
 * two canvases of 64 thousand pixels each for every read. This draws one, as large as the values need, and keeps it
 * for the next read. Returns the name of the method that it replaces.
 *
 * @throws {NotUsable} when the browser changes what is read from canvases, as some do to prevent tracking.
 */
export function addCanvasRead(): string {
  const backend = tf.backend() as unknown as Backend;
  if (patched.has(backend)) return name;
  const stock = backend.readSync.bind(backend);
  const reader = new CanvasReader(backend);
  backend.readSync = (dataId) => {
    const data = backend.tensorMap.get(dataId);
    if (data.values !== null && data.values !== undefined) return data.values;
    const { resource } = data;
    // Complex numbers are two tensors, and shaders may not be allowed to read a buffer that others created.
    if (!resource || (resource.usage & BUFFER_STORAGE) === 0) return stock(dataId);
    data.values = tf.util.convertBackendValuesAndArrayBuffer(reader.read(resource), data.dtype as 'float32');
    return data.values;
  };
  requireExact();
  patched.add(backend);
  return name;
}

function requireExact(): void {
  const values = Float32Array.from({ length: 4096 }, (_, i) => Math.sin(i + 1) * 2 ** ((i % 200) - 100));
  const read = tf.tidy(() => tf.reverse(tf.tensor1d(values)).dataSync());
  if (read.some((value, i) => value !== values[values.length - 1 - i])) {
    throw new NotUsable(
      'this browser changes what is read from canvases, the only way to read its values synchronously',
      'use webgl or wasm, or allow this page to read canvases',
    );
  }
}
