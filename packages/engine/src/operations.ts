// Operations that TensorFlow.js lacks, on whichever TensorFlow.js is loaded: this entry does not load it

export { customGradient, type Differentiated } from './operations/customGradient.js';
export { type HostCallback, hostCallback } from './operations/hostCallback.js';
export { stopGradient } from './operations/stopGradient.js';
export { type TensorEngine, tensorEngine } from './operations/tensorEngine.js';
