import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import type * as TensorFlowJs from '@tensorflow/tfjs';
import { nativeFaults, nativeLayout, readNativeManifest, tfjsSymbol } from './installation.js';
import { addShims, restoreLegacyUtil } from './shims.js';

type Tfjs = typeof TensorFlowJs;

/** The loaded native engine. */
export interface LoadedNative {
  /** The version of TensorFlow. */
  readonly version: string;
  /** The number of threads that one operation may use. */
  readonly threads: number;
  /** Where the engine was found. */
  readonly source: string;
  /** The kernels of tfjs-node that were extended. */
  readonly shims: readonly string[];
}

type Found = Pick<LoadedNative, 'version' | 'source'>;

interface Addon {
  readonly TF_Version: string;
}

interface BackendModule {
  readonly NodeJSKernelBackend: new (addon: Addon, packageName: string) => TensorFlowJs.KernelBackend;
}

const require = createRequire(import.meta.url);

/**
 * Registers TensorFlow's backend 'tensorflow' and its kernels on the given TensorFlow.js, without switching to it:
 * from the project's own @tensorflow/tfjs-node if that loads, otherwise from the cache folder. Node only.
 *
 * TF_NUM_INTRAOP_THREADS, or AIMLE_THREADS if that is not set, limits the threads. TensorFlow's messages are silenced
 * unless TF_CPP_MIN_LOG_LEVEL says otherwise.
 *
 * @throws {Error} when neither can be loaded; the message says why.
 */
export async function loadNative(tf: Tfjs): Promise<LoadedNative> {
  const threads = prepareEnvironment();
  const engine = tf.engine();
  const before = loadedInto.get(engine);
  if (before !== undefined) return before;
  restoreLegacyUtil();
  const found = findRegistered(tf) ?? loadProject(tf);
  const native = typeof found === 'string' ? await loadCache(tf, found) : found;
  const loaded = { ...native, threads, shims: addShims(tf) };
  loadedInto.set(engine, loaded);
  return loaded;
}

const loadedInto = new WeakMap<object, LoadedNative>();

function prepareEnvironment(): number {
  const { env } = process;
  env.TF_CPP_MIN_LOG_LEVEL ??= '2';
  const wanted = env.TF_NUM_INTRAOP_THREADS ?? env.AIMLE_THREADS;
  if (wanted === undefined) return availableParallelism();
  const threads = Number(wanted);
  if (!Number.isInteger(threads) || threads < 1)
    throw new Error(`native: AIMLE_THREADS must be a whole number of at least 1, got ${wanted}`);
  env.TF_NUM_INTRAOP_THREADS = wanted;
  return threads;
}

/** Finds the backend that the application registered by importing tfjs-node. */
function findRegistered(tf: Tfjs): Found | undefined {
  if (tf.findBackendFactory('tensorflow') === null) return undefined;
  const { binding } = tf.findBackend('tensorflow') as unknown as { readonly binding: Addon };
  return { version: binding.TF_Version, source: 'the application, which registered it' };
}

/** Loads the project's own tfjs-node, or returns why it cannot be used. */
function loadProject(tf: Tfjs): Found | string {
  const manifest = findProject();
  if (manifest === undefined) return 'the project has no @tensorflow/tfjs-node';
  const folder = dirname(manifest);
  try {
    const own = createRequire(manifest);
    const tfjs = require.cache[own.resolve('@tensorflow/tfjs')]?.exports as Tfjs | undefined;
    if (tfjs?.engine !== tf.engine) return `${folder} uses another copy of @tensorflow/tfjs`;
    const builds = readdirSync(join(folder, 'lib')).sort();
    const addon = join(folder, 'lib', builds.at(-1) ?? '', 'tfjs_binding.node');
    return { version: register(tf, join(folder, 'dist'), addon), source: `the project's ${folder}` };
  } catch (error) {
    return `${folder} does not load: ${firstLine(error)}`;
  }
}

function findProject(): string | undefined {
  for (const from of [join(process.cwd(), 'package.json'), import.meta.url])
    try {
      return createRequire(from).resolve('@tensorflow/tfjs-node/package.json');
    } catch {}
  return undefined;
}

async function loadCache(tf: Tfjs, project: string): Promise<Found> {
  const layout = nativeLayout();
  const { folder, kernels, addon } = layout;
  const manifest = await readNativeManifest(layout);
  if (manifest === undefined) throw new Error(`native: nothing is installed in ${folder}, and ${project}`);
  const [fault] = await nativeFaults(layout, manifest);
  if (fault !== undefined)
    throw new Error(
      `native: the installation in ${folder} is damaged (${fault}); remove it and install it again`,
    );
  // Forget kernels that were loaded for another copy of TensorFlow.js; the addon itself is shared.
  for (const path of Object.keys(require.cache))
    if (path.startsWith(folder) && !path.endsWith('.node')) delete require.cache[path];
  Object.assign(globalThis, { [Symbol.for(tfjsSymbol)]: tf });
  try {
    return { version: register(tf, kernels, addon), source: `${manifest.source}, in ${folder}` };
  } catch (error) {
    throw new Error(`native: the installation in ${folder} does not load: ${firstLine(error)}`, {
      cause: error,
    });
  }
}

/** Registers backend and kernels from a folder of tfjs-node's JavaScript. Returns TensorFlow's version. */
function register(tf: Tfjs, kernels: string, addonPath: string): string {
  const addon = require(addonPath) as Addon;
  const { NodeJSKernelBackend } = require(join(kernels, 'nodejs_kernel_backend.js')) as BackendModule;
  require(join(kernels, 'register_all_kernels.js'));
  tf.registerBackend(
    'tensorflow',
    () => new NodeJSKernelBackend(addon, '@tensorflow/tfjs-node'),
    0, // never chosen by TensorFlow.js itself
  );
  return addon.TF_Version;
}

function firstLine(error: unknown): string {
  return (error as Error).message.split('\n', 1)[0] as string;
}
