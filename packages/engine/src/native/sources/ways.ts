import { join } from 'node:path';
import { compileAddon } from '../addon/compile.js';
import type { tryAddon } from '../addon/trial.js';
import { layoutOf } from '../cache/folders.js';
import type { Progress } from '../events.js';
import { machineName } from '../machine/machine.js';
import { unpackNpmPackage } from './npmPackage.js';
import { officialAddon, officialTensorflow } from './official.js';
import type { Recipe } from './recipe.js';
import type { TensorFlow } from './tensorflow.js';
import { sourceOf, tensorflowFromWheel } from './wheel.js';

/** One way of getting TensorFlow. */
export interface Way {
  readonly source: string;
  /** Puts libtensorflow and the addon into the staging folder; answers where the addon is from. */
  readonly take: () => Promise<string>;
}

/** The ways that a recipe knows for this machine, in the order in which to try them. */
export function waysToTensorflow(
  recipe: Recipe,
  staging: string,
  progress: Progress,
  trial: typeof tryAddon,
): Way[] {
  const official = recipe.official[machineName()];
  const wheel = recipe.wheels[machineName()];
  const { addon } = layoutOf(staging);
  const ways: Way[] = [];
  if (official)
    ways.push({
      source: `libtensorflow ${official.version}`,
      async take() {
        const tensorflow = await officialTensorflow(official, staging, progress);
        try {
          await officialAddon(recipe.tfjsNode.version, staging, progress);
          await trial(addon, progress.signal);
          return 'published';
        } catch (error) {
          progress.signal?.throwIfAborted();
          progress.report({ step: 'check', message: `published addon: ${(error as Error).message}` });
          return compileHere(recipe, staging, tensorflow, progress);
        }
      },
    });
  if (wheel)
    ways.push({
      source: sourceOf(wheel),
      take: async () =>
        compileHere(recipe, staging, await tensorflowFromWheel(wheel, staging, progress), progress),
    });
  return ways;
}

async function compileHere(
  recipe: Recipe,
  staging: string,
  tensorflow: TensorFlow,
  progress: Progress,
): Promise<string> {
  const parts = join(staging, 'parts');
  const nodeApi = join(parts, 'node-api-headers');
  await unpackNpmPackage(recipe.nodeApiHeaders, nodeApi, progress);
  await compileAddon(
    {
      sources: join(parts, 'tfjs-node', 'binding'),
      nodeApi: join(nodeApi, 'include'),
      tensorflow,
      addon: layoutOf(staging).addon,
    },
    progress,
  );
  return 'compiled here';
}
