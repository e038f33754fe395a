import type { OwnDevice } from '../operations/device.js';
import { Gpu, type ProgramBackend } from './gpu.js';
import { WebgpuDifference } from './subsets/webgpuDifference.js';
import { WebgpuMoments } from './webgpuMoments.js';

/** The emulators of Chromium and Dawn, of Mesa, and of Windows, as WebGPU names them. */
const emulators = /swiftshader|llvmpipe|lavapipe|basic.?render|warp/i;

/** The device of TensorFlow.js's WebGPU backend. */
export function webgpuDevice(backend: object): OwnDevice {
  const gpu = new Gpu(backend as ProgramBackend);
  const { vendor, architecture } = gpu.backend.adapterInfo;
  const device: OwnDevice = {
    isSoftware: emulators.test(`${vendor} ${architecture}`),
    moments: (arrays) => new WebgpuMoments(device, gpu, arrays),
    difference: (description) => new WebgpuDifference(gpu, description),
  };
  return device;
}
