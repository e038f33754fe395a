import { createRequire } from 'node:module';
import { dirname, sep } from 'node:path';

/** Returns the folder of the .wasm files in the installed package, with a separator at its end. */
export function wasmFolder(): string {
  const main = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm');
  return dirname(main) + sep;
}
