import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type NativeLayout, tfjsSymbol } from '@aimle/engine/native';
import type { Progress } from '../progress.js';
import type { NpmPackage } from '../recipe.js';
import { unpackNpmPackage } from './npmPackage.js';

/** The parts of tfjs-node's JavaScript that make the backend, without index.js, which would select it. */
const backend = ['register_all_kernels.js', 'nodejs_kernel_backend.js', 'int64_tensors.js', 'kernels'];

/**
 * Fetches tfjs-node and lays out its kernels as they were published. Small modules replace what the kernels import:
 * `@tensorflow/tfjs` and its core are the caller's copy, never a second one. The protocol buffers, which only
 * TensorBoard histograms and SavedModels need, are empty, which saves a dependency.
 */
export async function unpackTfjsNode(
  tfjsNode: NpmPackage,
  { folder, kernels, modules }: NativeLayout,
  progress: Progress,
): Promise<void> {
  await unpackNpmPackage(tfjsNode, unpacked(folder), progress);
  for (const part of backend)
    await cp(join(unpacked(folder), 'dist', part), join(kernels, part), {
      recursive: true,
      filter: (path) => !/\.ts$|_test\.js$/.test(path),
    });
  await writeModule(join(kernels, 'proto'), 'api_pb.js', 'module.exports = {};\n');
  const answer = `module.exports = globalThis[Symbol.for(${JSON.stringify(tfjsSymbol)})];\n`;
  for (const name of ['tfjs', 'tfjs-core'])
    await writeModule(join(modules, '@tensorflow', name), 'index.js', answer);
}

export function addonSources(folder: string): string {
  return join(unpacked(folder), 'binding');
}

function unpacked(folder: string): string {
  return join(folder, 'parts', 'tfjs-node');
}

async function writeModule(folder: string, name: string, text: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, name), text);
}
