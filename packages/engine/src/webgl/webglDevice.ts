import type { OwnDevice } from '../operations/device.js';
import { type WebglBackend, WebglMoments } from './webglMoments.js';

/** The device of TensorFlow.js's WebGL backend. */
export function webglDevice(backend: object): OwnDevice {
  const device: OwnDevice = {
    isSoftware: false,
    moments: (arrays) => new WebglMoments(device, backend as WebglBackend, arrays),
  };
  return device;
}
