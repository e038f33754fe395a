import { mkdir, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { NativeLayout } from '@aimle/engine/native';
import type { Progress } from '../progress.js';
import type { NpmPackage } from '../recipe.js';
import { firstCommand, runCommand } from '../system/command.js';
import { unpackNpmPackage } from './npmPackage.js';
import { addonSources } from './tfjsNode.js';

/** An unpacked libtensorflow in an installation. */
export interface Libtensorflow {
  /** The folder of its C headers. */
  readonly headers: string;
  /** The two libraries to link to. */
  readonly libraries: readonly string[];
}

const noCompiler =
  'no C++ compiler (g++, c++ or clang++) is on the PATH; install one (Debian: apt install g++; macOS: xcode-select --install) or name yours in CXX';

/** Finds the C++ compiler: CXX, or the first one available. @throws {Error} if there is none. */
export async function findCompiler(): Promise<string> {
  const { CXX } = process.env;
  const compiler = await firstCommand(CXX ? [CXX] : ['g++', 'c++', 'clang++'], ['--version']);
  if (compiler === undefined) throw new Error(noCompiler);
  return compiler;
}

/** Compiles the addon with one compiler call. Only Node-API is used, so one build works for every Node from 20 on. */
export async function compileAddon(
  nodeApiHeaders: NpmPackage,
  libtensorflow: Libtensorflow,
  { folder, addon }: NativeLayout,
  progress: Progress,
): Promise<void> {
  const nodeApi = join(folder, 'parts', 'node-api-headers');
  await unpackNpmPackage(nodeApiHeaders, nodeApi, progress);
  const compiler = await findCompiler();
  progress.report({ step: 'compile', message: `compiling the addon with ${compiler}` });
  const sources = (await readdir(addonSources(folder))).filter((file) => file.endsWith('.cc'));
  await mkdir(dirname(addon), { recursive: true });
  const mac = process.platform === 'darwin';
  const args = [
    ...['-O2', '-fPIC', '-shared', '-std=c++17', '-w', '-DNAPI_VERSION=8'],
    ...(mac ? ['-undefined', 'dynamic_lookup'] : []),
    ...['-I', join(nodeApi, 'include'), '-I', libtensorflow.headers],
    ...['-o', addon],
    ...sources.map((file) => join(addonSources(folder), file)),
    ...libtensorflow.libraries,
    `-Wl,-rpath,${mac ? '@loader_path' : '$ORIGIN'}/../../deps/lib`,
  ];
  await runCommand(compiler, args, { signal: progress.signal }, `${compiler} could not compile the addon`);
}

const matrixProduct = `
const addon = require(process.argv[1]);
const x = addon.createTensor([2, 2], addon.TF_FLOAT, Float32Array.of(1, 2, 3, 4));
const [y] = addon.executeOp('MatMul', [
  { name: 'T', type: addon.TF_ATTR_TYPE, value: addon.TF_FLOAT },
  { name: 'transpose_a', type: addon.TF_ATTR_BOOL, value: false },
  { name: 'transpose_b', type: addon.TF_ATTR_BOOL, value: false },
], [x, x], 1);
console.log(addon.TF_Version, Array.from(addon.tensorDataSync(y.id)).join());
`;

/** Multiplies a matrix with the finished addon in another Node process, and returns its version of TensorFlow. */
export async function checkAddon(addon: string, signal: AbortSignal | undefined): Promise<string> {
  const env = { ...process.env, TF_CPP_MIN_LOG_LEVEL: '2', NODE_OPTIONS: '' };
  const args = ['-e', matrixProduct, addon];
  const stdout = await runCommand(process.execPath, args, { signal, env }, 'the addon does not load');
  const [version, product] = stdout.trim().split(' ');
  if (version === undefined || product !== '7,10,15,22')
    throw new Error(`the addon multiplies wrongly: [[1,2],[3,4]] squared came out as ${product}`);
  return version;
}
