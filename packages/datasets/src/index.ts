// Formats: bytes in, bytes out
export { FormatError } from './format/formatError.js';
export { type IdxArray, readIdx, writeIdx } from './format/idx.js';
export { type NpyArray, readNpy, writeNpy } from './format/npy.js';
export { readNpz, writeNpz } from './format/npz.js';
export {
  readSafetensors,
  type SafetensorsFile,
  type SafetensorsTensor,
  writeSafetensors,
} from './format/safetensors.js';
// Images
export { digits, type DigitsOptions } from './digits/digits.js';
export type { ImageSet } from './image/imageSet.js';
