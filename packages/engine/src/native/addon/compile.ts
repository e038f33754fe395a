import { mkdir, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Progress } from '../events.js';
import { firstCommand, lastWords, runCommand } from '../machine/command.js';
import type { TensorFlow } from '../sources/tensorflow.js';

const noCompiler =
  'no C++ compiler (g++, c++ or clang++) is on the PATH; install one (Debian: apt install g++; macOS: xcode-select --install) or name yours in CXX';

/** The C++ compiler to use: CXX, or the first there is. @throws {Error} where there is none. */
export async function findCompiler(): Promise<string> {
  const { CXX } = process.env;
  const compiler = await firstCommand(CXX ? [CXX] : ['g++', 'c++', 'clang++'], ['--version']);
  if (compiler === undefined) throw new Error(noCompiler);
  return compiler;
}

/**
 * Compiles the addon with one call. Node's own headers are not needed: the addon speaks Node-API only, whose
 * symbols the running Node provides, so that one build serves every Node from 20 on.
 */
export async function compileAddon(
  parts: {
    readonly sources: string;
    readonly nodeApi: string;
    readonly tensorflow: TensorFlow;
    readonly addon: string;
  },
  { report, signal }: Progress,
): Promise<void> {
  const compiler = await findCompiler();
  report({ step: 'compile', message: `compiling the addon with ${compiler}` });
  const sources = (await readdir(parts.sources)).filter((file) => file.endsWith('.cc'));
  await mkdir(dirname(parts.addon), { recursive: true });
  const mac = process.platform === 'darwin';
  const result = await runCommand(
    compiler,
    [
      ...['-O2', '-fPIC', '-shared', '-std=c++17', '-w', '-DNAPI_VERSION=8'],
      ...(mac ? ['-undefined', 'dynamic_lookup'] : []),
      ...['-I', parts.nodeApi, '-I', parts.tensorflow.headers],
      ...['-o', parts.addon],
      ...sources.map((file) => join(parts.sources, file)),
      ...parts.tensorflow.libraries,
      `-Wl,-rpath,${mac ? '@loader_path' : '$ORIGIN'}/../../deps/lib`,
    ],
    { signal },
  );
  if (result.code !== 0) throw new Error(`${compiler} could not compile the addon: ${lastWords(result)}`);
}
