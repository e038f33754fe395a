import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { compileAddon } from './compile.js';
import type { NativeAttempt, NativeEvent, Progress } from './events.js';
import { type Layout, layoutOf } from './folders.js';
import { layOutKernels } from './kernels.js';
import { machineName, machineObstacle } from './machine.js';
import { writeManifest } from './manifest.js';
import { unpackNpmPackage } from './npmPackage.js';
import { officialAddon, officialTensorflow } from './official.js';
import { currentRecipe, type Recipe } from './recipe.js';
import { buildFolder, checkRoom } from './staging.js';
import { type NativeStatus, statusOf } from './status.js';
import type { TensorFlow } from './tensorflow.js';
import { tryAddon } from './trial.js';
import { sourceOf, tensorflowFromWheel } from './wheel.js';

/** How to install. */
export interface NativeInstallOptions {
  /** Told of every step, for a progress display. */
  readonly onEvent?: (event: NativeEvent) => void;
  /** Ends the installation half way; nothing of it stays. */
  readonly signal?: AbortSignal;
}

/** The outcome of an installation. */
export interface NativeInstallation extends NativeStatus {
  /** True where a sound installation was there before. */
  readonly already: boolean;
  /** What was tried, in order; all but the last failed. */
  readonly attempts: readonly NativeAttempt[];
  readonly seconds: number;
}

/** No way of getting the native engine worked; `attempts` says why, one by one. */
export class NativeInstallError extends Error {
  readonly attempts: readonly NativeAttempt[];

  constructor(attempts: readonly NativeAttempt[]) {
    const lines = attempts.map(({ source, failure }) => `\n- ${source}: ${failure}`);
    super(`the native engine cannot be installed here (${machineName()}):${lines.join('')}`);
    this.name = 'NativeInstallError';
    this.attempts = attempts;
  }
}

const roomNeeded = 1.5e9;

/**
 * Installs the native engine, TensorFlow itself, into the user's cache folder (or AIMLE_NATIVE), for every
 * project of this user. First the official download, then the Python wheel of TensorFlow through pip; the addon
 * between Node and TensorFlow is the published one or compiled here. Everything is verified, a second run
 * returns at once, and a run that is killed leaves nothing broken behind. Node only; Linux and macOS.
 *
 * Cost: about 210 MB of download, 0.6 GB of disk, a minute or two.
 *
 * @throws {NativeInstallError} with every attempt and why it failed.
 *
 * @example
 * ```ts no-run
 * import { installNative } from '@aimle/engine';
 *
 * const { version, folder } = await installNative({ onEvent: ({ message }) => process.stderr.write(`${message}\n`) });
 * ```
 */
export async function installNative(options: NativeInstallOptions = {}): Promise<NativeInstallation> {
  return installRecipe(currentRecipe, options);
}

/** Installs by a given recipe. */
export async function installRecipe(
  recipe: Recipe,
  options: NativeInstallOptions,
): Promise<NativeInstallation> {
  const start = performance.now();
  const progress: Progress = { report: options.onEvent ?? (() => {}), signal: options.signal };
  const before = await statusOf(recipe, 'size');
  if (before.installed) {
    progress.report({ step: 'finish', message: `already installed in ${before.folder}`, fraction: 1 });
    return { ...before, already: true, attempts: [], seconds: secondsSince(start) };
  }
  const obstacle = machineObstacle() ?? (hasSource(recipe) ? undefined : noSource);
  if (obstacle !== undefined) throw new NativeInstallError([{ source: 'this machine', failure: obstacle }]);
  const attempts = await buildFolder(before.folder, (staging) => build(recipe, staging, progress));
  progress.report({ step: 'finish', message: `installed in ${before.folder}`, fraction: 1 });
  return { ...(await statusOf(recipe, 'size')), already: false, attempts, seconds: secondsSince(start) };
}

const noSource =
  'TensorFlow is not published for it in a form that this installer knows; use Linux or macOS on x64 or arm64 (on Windows: WSL)';

function hasSource({ official, wheels }: Recipe): boolean {
  return machineName() in official || machineName() in wheels;
}

interface Way {
  readonly source: string;
  /** Puts libtensorflow and the addon into the staging folder; answers where the addon is from. */
  readonly take: () => Promise<string>;
}

async function build(recipe: Recipe, staging: string, progress: Progress): Promise<NativeAttempt[]> {
  progress.report({ step: 'check', message: `preparing ${staging}` });
  const layout = layoutOf(staging);
  const parts = join(staging, 'parts');
  const attempts: NativeAttempt[] = [];
  try {
    await checkRoom(staging, roomNeeded);
    await unpackNpmPackage(recipe.tfjsNode, join(parts, 'tfjs-node'), progress);
  } catch (error) {
    progress.signal?.throwIfAborted();
    throw new NativeInstallError([{ source: 'preparation', failure: (error as Error).message }]);
  }
  await layOutKernels(join(parts, 'tfjs-node'), layout);
  for (const { source, take } of waysOf(recipe, staging, layout, progress)) {
    try {
      const addon = await take();
      progress.report({ step: 'verify', message: 'trying the addon' });
      const tensorflow = await tryAddon(layout.addon, progress.signal);
      await rm(parts, { recursive: true });
      await rm(join(staging, 'include'), { recursive: true, force: true });
      attempts.push({ source });
      progress.report({ step: 'verify', message: 'writing checksums' });
      await writeManifest(staging, {
        tensorflow,
        source,
        addon,
        installedAt: new Date().toISOString(),
        attempts,
      });
      return attempts;
    } catch (error) {
      progress.signal?.throwIfAborted();
      const failure = (error as Error).message;
      attempts.push({ source, failure });
      progress.report({ step: 'check', message: `${source} failed: ${failure}` });
      for (const leftover of ['lib', 'deps', 'include', 'wheel'])
        await rm(join(staging, leftover), { recursive: true, force: true });
    }
  }
  throw new NativeInstallError(attempts);
}

function waysOf(recipe: Recipe, staging: string, layout: Layout, progress: Progress): Way[] {
  const official = recipe.official[machineName()];
  const wheel = recipe.wheels[machineName()];
  const compile = (tensorflow: TensorFlow) => compileHere(recipe, staging, layout, tensorflow, progress);
  const ways: Way[] = [];
  if (official)
    ways.push({
      source: `libtensorflow ${official.version}`,
      async take() {
        const tensorflow = await officialTensorflow(official, staging, progress);
        try {
          await officialAddon(recipe.tfjsNode.version, staging, progress);
          await tryAddon(layout.addon, progress.signal);
          return 'published';
        } catch (error) {
          progress.signal?.throwIfAborted();
          progress.report({ step: 'check', message: `no published addon: ${(error as Error).message}` });
          return compile(tensorflow);
        }
      },
    });
  if (wheel)
    ways.push({
      source: sourceOf(wheel),
      take: async () => compile(await tensorflowFromWheel(wheel, staging, progress)),
    });
  return ways;
}

async function compileHere(
  recipe: Recipe,
  staging: string,
  { addon }: Layout,
  tensorflow: TensorFlow,
  progress: Progress,
): Promise<string> {
  const nodeApi = join(staging, 'parts', 'node-api-headers');
  await mkdir(nodeApi, { recursive: true });
  await unpackNpmPackage(recipe.nodeApiHeaders, nodeApi, progress);
  const sources = join(staging, 'parts', 'tfjs-node', 'binding');
  await compileAddon({ sources, nodeApi: join(nodeApi, 'include'), tensorflow, addon }, progress);
  return 'compiled here';
}

function secondsSince(start: number): number {
  return (performance.now() - start) / 1000;
}
