// The task

export { discreteVae } from './task.js';
export type { DiscreteVaeConfig } from './settings.js';
export type { DiscreteVaeBatch } from './session.js';

// New images

export { type ImageCoder, openImageCoder } from './predict/openImageCoder.js';
export { readImages } from './images/readImages.js';
export type { Images } from './images/images.js';

// Its parts, for your own model

export { codeLayer, DiscreteVaeNetwork, type Reconstruction, reconstruct } from './network.js';
export { codeDivergence, reconstructionLoss } from './loss.js';
