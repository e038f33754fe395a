import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Layout } from '../cache/folders.js';

/** Where the loader leaves the caller's TensorFlow.js for the kernels to find. */
export const tfjsSymbol = '@aimle/engine/tfjs';

/** The parts of tfjs-node's JavaScript that make the backend; its index.js, which selects it, stays out. */
const parts = ['register_all_kernels.js', 'nodejs_kernel_backend.js', 'int64_tensors.js', 'kernels'];

/**
 * Lays out tfjs-node's kernels as they were published, and around them small modules that answer what they ask
 * for: `@tensorflow/tfjs` and its core are the caller's own copy, never a second one; and the protocol buffers, which only
 * TensorBoard histograms and SavedModels need, are left out with the package that they would need.
 */
export async function layOutKernels(source: string, { kernels, modules }: Layout): Promise<void> {
  for (const part of parts)
    await cp(join(source, 'dist', part), join(kernels, part), {
      recursive: true,
      filter: (path) => !/\.ts$|_test\.js$/.test(path),
    });
  await writeModule(join(kernels, 'proto'), 'api_pb.js', 'module.exports = {};\n');
  const answer = `module.exports = globalThis[Symbol.for(${JSON.stringify(tfjsSymbol)})];\n`;
  for (const name of ['tfjs', 'tfjs-core'])
    await writeModule(join(modules, '@tensorflow', name), 'index.js', answer);
}

async function writeModule(folder: string, name: string, text: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, name), text);
}
