import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { layOutKernels } from './addon/kernels.js';
import { tryAddon } from './addon/trial.js';
import { type Layout, layoutOf } from './cache/folders.js';
import { writeManifest } from './cache/manifest.js';
import { buildFolder, checkRoom } from './cache/staging.js';
import type { NativeAttempt, Progress } from './events.js';
import { statusOf } from './inspection.js';
import { type NativeInstallation, NativeInstallError, type NativeInstallOptions } from './install.js';
import { machineName, machineObstacle } from './machine/machine.js';
import { unpackNpmPackage } from './sources/npmPackage.js';
import { currentRecipe, type Recipe } from './sources/recipe.js';
import { type Way, waysToTensorflow } from './sources/ways.js';

const roomNeeded = 1.5e9;

const unknownMachine =
  'TensorFlow is not published for it in a form that this installer knows; use Linux or macOS on x64 or arm64 (on Windows: WSL)';

/** Installs by a recipe; `trial` answers the version of TensorFlow that the finished addon carries. */
export async function installRecipe(
  options: NativeInstallOptions,
  recipe: Recipe = currentRecipe,
  trial = tryAddon,
): Promise<NativeInstallation> {
  const start = performance.now();
  const progress: Progress = { report: options.onEvent ?? (() => {}), signal: options.signal };
  const before = await statusOf('size', recipe);
  if (before.installed) {
    progress.report({ step: 'finish', message: `already installed in ${before.folder}`, fraction: 1 });
    return { ...before, already: true, attempts: [], seconds: secondsSince(start) };
  }
  const attempts = await buildFolder(before.folder, (staging) => build(recipe, staging, progress, trial));
  progress.report({ step: 'finish', message: `installed in ${before.folder}`, fraction: 1 });
  return { ...(await statusOf('size', recipe)), already: false, attempts, seconds: secondsSince(start) };
}

async function build(
  recipe: Recipe,
  staging: string,
  progress: Progress,
  trial: typeof tryAddon,
): Promise<NativeAttempt[]> {
  const layout = layoutOf(staging);
  await prepare(recipe, staging, layout, progress);
  const attempts: NativeAttempt[] = [];
  for (const way of waysToTensorflow(recipe, staging, progress, trial)) {
    const failure = await failureOf(way, progress, async () => {
      const addon = await way.take();
      progress.report({ step: 'verify', message: 'trying the addon' });
      const tensorflow = await trial(layout.addon, progress.signal);
      await clear(staging, ['parts', 'include']);
      attempts.push({ source: way.source });
      progress.report({ step: 'verify', message: 'writing checksums' });
      const installedAt = new Date().toISOString();
      await writeManifest(staging, { tensorflow, source: way.source, addon, installedAt, attempts });
    });
    if (failure === undefined) return attempts;
    attempts.push({ source: way.source, failure });
    await clear(staging, ['lib', 'deps', 'include', 'wheel']);
  }
  throw new NativeInstallError(machineName(), attempts);
}

/** What every way needs: a machine that can run TensorFlow, room on the disk, the kernels. */
async function prepare(recipe: Recipe, staging: string, layout: Layout, progress: Progress): Promise<void> {
  const failure = await failureOf({ source: 'preparation' }, progress, async () => {
    progress.report({ step: 'check', message: `preparing ${staging}` });
    const known = machineName() in recipe.official || machineName() in recipe.wheels;
    const obstacle = known ? machineObstacle() : unknownMachine;
    if (obstacle !== undefined) throw new Error(obstacle);
    await checkRoom(staging, roomNeeded);
    const source = join(staging, 'parts', 'tfjs-node');
    await unpackNpmPackage(recipe.tfjsNode, source, progress);
    await layOutKernels(source, layout);
  });
  if (failure !== undefined)
    throw new NativeInstallError(machineName(), [{ source: 'preparation', failure }]);
}

/** Why the work failed, or undefined; an installation that was called off is not a failure but ends everything. */
async function failureOf(
  { source }: Pick<Way, 'source'>,
  { report, signal }: Progress,
  work: () => Promise<void>,
): Promise<string | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    signal?.throwIfAborted();
    const { code, message } = error as NodeJS.ErrnoException;
    const failure =
      code === 'ENOSPC' ? `the disk is full (${message}); make room or set AIMLE_NATIVE` : message;
    report({ step: 'check', message: `${source}: ${failure}` });
    return failure;
  }
}

async function clear(folder: string, names: readonly string[]): Promise<void> {
  for (const name of names) await rm(join(folder, name), { recursive: true, force: true });
}

function secondsSince(start: number): number {
  return (performance.now() - start) / 1000;
}
