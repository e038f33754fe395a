import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { layOutKernels } from './addon/kernels.js';
import { tryAddon } from './addon/trial.js';
import { type Layout, layoutOf } from './cache/folders.js';
import { writeManifest } from './cache/manifest.js';
import { buildFolder, checkRoom } from './cache/staging.js';
import { atTenths, type NativeAttempt, type NativeEvent, type Progress } from './events.js';
import { NativeInstallError } from './installError.js';
import { machineName, machineObstacle } from './machine/machine.js';
import { unpackNpmPackage } from './sources/npmPackage.js';
import { currentRecipe, type Recipe } from './sources/recipe.js';
import { type Way, waysToTensorflow } from './sources/ways.js';
import { type NativeStatus, nativeStatus } from './status.js';

/** How to install the native engine. */
export interface NativeInstallOptions {
  /** Told of every step, for a progress display; of a long step at every tenth of it. */
  readonly onEvent?: (event: NativeEvent) => void;
  /** Ends the installation half way; nothing of it stays. */
  readonly signal?: AbortSignal;
}

/** The outcome of an installation. */
export interface NativeInstallation extends NativeStatus {
  /** True where a sound installation was there before. */
  readonly already: boolean;
  /** What was tried, in order; all but the last failed. Empty where it was there before. */
  readonly attempts: readonly NativeAttempt[];
  readonly seconds: number;
}

const roomNeeded = 1.5e9;

const unknownMachine =
  'TensorFlow is not published for it in a form that this installer knows; use Linux or macOS on x64 or arm64 (on Windows: WSL)';

/**
 * Installs the native engine into the cache, for every project of this user: the first way that works, verified,
 * all or nothing. Where a sound installation is there already it returns at once. `trial` answers the version of
 * TensorFlow that the finished addon carries.
 *
 * @throws {NativeInstallError} with every attempt and why it failed.
 */
export async function installNative(
  options: NativeInstallOptions = {},
  recipe: Recipe = currentRecipe,
  trial = tryAddon,
): Promise<NativeInstallation> {
  const start = performance.now();
  const progress: Progress = { report: atTenths(options.onEvent ?? (() => {})), signal: options.signal };
  const before = await nativeStatus({}, recipe);
  if (before.installed) {
    progress.report({ step: 'finish', message: `already installed in ${before.folder}` });
    return { ...before, already: true, attempts: [], seconds: secondsSince(start) };
  }
  const attempts = await buildFolder(before.folder, (staging) => build(recipe, staging, progress, trial));
  progress.report({ step: 'finish', message: `installed in ${before.folder}` });
  return { ...(await nativeStatus({}, recipe)), already: false, attempts, seconds: secondsSince(start) };
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
