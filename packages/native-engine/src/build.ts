import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { NativeLayout } from '@aimle/engine/native';
import { compileAddon } from './parts/addon.js';
import { officialTensorflow } from './parts/official.js';
import { unpackTfjsNode } from './parts/tfjsNode.js';
import { tensorflowFromWheel } from './parts/wheel.js';
import { attempt, type NativeAttempt, NativeInstallError, type Progress } from './progress.js';
import type { Recipe } from './recipe.js';
import { checkDisk, checkMachine, machineName } from './system/machine.js';
import { writeManifest } from './system/manifest.js';

/** Tries a finished addon and returns its version of TensorFlow. @throws {Error} if the addon is broken. */
export type AddonCheck = (addon: string, signal: AbortSignal | undefined) => Promise<string>;

/** A source of TensorFlow. */
interface Source {
  readonly name: string;
  /** Puts libtensorflow and the addon into the layout. */
  readonly install: () => Promise<void>;
}

const bytesNeeded = 1.5e9;

/**
 * Builds an installation in an empty folder: the kernels, then TensorFlow and its addon from the first source that
 * works, then the manifest. Returns the attempts.
 *
 * @throws {NativeInstallError} when every source failed; it has all attempts and their reasons.
 */
export async function buildInstallation(
  recipe: Recipe,
  layout: NativeLayout,
  progress: Progress,
  check: AddonCheck,
): Promise<NativeAttempt[]> {
  const { report, signal } = progress;
  const prepared = await attempt('preparation', progress, async () => {
    report({ step: 'check', message: `preparing ${layout.folder}` });
    checkMachine(recipe);
    await checkDisk(layout.folder, bytesNeeded);
    await unpackTfjsNode(recipe.tfjsNode, layout, progress);
  });
  if (prepared.failure !== undefined) throw new NativeInstallError(machineName(), [prepared]);
  const attempts: NativeAttempt[] = [];
  for (const { name, install } of sourcesOf(recipe, layout, progress)) {
    const made = await attempt(name, progress, async () => {
      await install();
      report({ step: 'verify', message: 'trying the addon' });
      const tensorflow = await check(layout.addon, signal);
      await clear(layout, ['parts', 'include']);
      report({ step: 'verify', message: 'writing checksums' });
      await writeManifest(layout, {
        tensorflow,
        source: name,
        installedAt: new Date().toISOString(),
        attempts: [...attempts, { source: name }],
      });
    });
    attempts.push(made);
    if (made.failure === undefined) return attempts;
    await clear(layout, ['lib', 'deps', 'include', 'wheel']);
  }
  throw new NativeInstallError(machineName(), attempts);
}

function sourcesOf(recipe: Recipe, layout: NativeLayout, progress: Progress): Source[] {
  const official = recipe.official[machineName()];
  const wheel = recipe.wheels[machineName()];
  const sources: Source[] = [];
  if (official)
    sources.push({
      name: `libtensorflow ${official.version}`,
      async install() {
        const libtensorflow = await officialTensorflow(official, layout, progress);
        await compileAddon(recipe.nodeApiHeaders, libtensorflow, layout, progress);
      },
    });
  if (wheel)
    sources.push({
      name: `Python wheel ${wheel.project} ${wheel.version}`,
      async install() {
        const libtensorflow = await tensorflowFromWheel(wheel, layout, progress);
        await compileAddon(recipe.nodeApiHeaders, libtensorflow, layout, progress);
      },
    });
  return sources;
}

async function clear({ folder }: NativeLayout, names: readonly string[]): Promise<void> {
  for (const name of names) await rm(join(folder, name), { recursive: true, force: true });
}
