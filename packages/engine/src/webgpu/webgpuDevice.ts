import type { Device } from '../operations/device.js';
import { Gpu, type ProgramBackend } from './gpu.js';
import { WebgpuDifference } from './subsets/webgpuDifference.js';
import { WebgpuMoments } from './webgpuMoments.js';

/** The device of TensorFlow.js's WebGPU backend. */
export function webgpuDevice(backend: object): Device {
  const gpu = new Gpu(backend as ProgramBackend);
  const device: Device = {
    moments: (arrays) => new WebgpuMoments(device, gpu, arrays),
    difference: (description) => new WebgpuDifference(gpu, description),
  };
  return device;
}
