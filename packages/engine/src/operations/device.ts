import type { MomentArrays, Moments } from '../optimiser/moments.js';
import { tensorEngine } from './tensorEngine.js';

/** What a GPU computes without sending its numbers to the host. */
export interface Device {
  /** Makes the moments of an optimiser that stay on the device. */
  moments(arrays: MomentArrays): Moments;
}

const devices = new WeakMap<object, Device>();

/** Notes the device of the backend in use. */
export function installDevice(device: Device): void {
  devices.set(tensorEngine().backend, device);
}

/** Returns the device of the backend in use; null where the host computes. */
export function device(): Device | null {
  return devices.get(tensorEngine().backend) ?? null;
}
