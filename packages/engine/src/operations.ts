// Operations that TensorFlow.js lacks. This entry does not load TensorFlow.js: it uses the copy that is loaded

export type { BatchPart } from './operations/batchPart.js';
export { customGradient, type Differentiated } from './operations/customGradient.js';
export { type HostCallback, hostCallback } from './operations/hostCallback.js';
export { stopGradient } from './operations/stopGradient.js';
export { type TensorEngine, tensorEngine } from './operations/tensorEngine.js';

// Layers that stay on a GPU

export {
  type Device,
  type DeviceCall,
  type DeviceDifference,
  type DevicePolicy,
  type DeviceReport,
  type DeviceState,
  type DifferenceDescription,
  device,
  type SubsetStructure,
} from './operations/device.js';
