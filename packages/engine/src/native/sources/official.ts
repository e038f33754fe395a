import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { untar } from '../archives/tar.js';
import { layoutOf } from '../cache/folders.js';
import type { Progress } from '../events.js';
import { download } from './download.js';
import type { TensorFlow } from './tensorflow.js';

const libtensorflow = 'tensorflow/libtensorflow/libtensorflow-';

/** Gets libtensorflow as @tensorflow/tfjs-node's own installer does, from TensorFlow's storage or the mirror set for it. */
export async function officialTensorflow(
  { version, path }: { readonly version: string; readonly path: string },
  folder: string,
  progress: Progress,
): Promise<TensorFlow> {
  const archive = join(folder, 'libtensorflow.tar.gz');
  await download(addressOf(path), archive, progress);
  progress.report({ step: 'unpack', message: `unpacking libtensorflow ${version}` });
  const { libraries } = layoutOf(folder);
  await untar(archive, (name) => {
    if (/^include\/.*\.h$/.test(name)) return join(folder, name);
    // The archive names the file by its full version and links to it; the addon asks for the major version.
    const library = /^lib\/(libtensorflow(?:_framework)?)\.(?:(so)(?:\.[\d.]+)?|(?:[\d.]+\.)?(dylib))$/.exec(
      name,
    );
    if (library) return join(libraries, library[2] ? `${library[1]}.so.2` : `${library[1]}.2.dylib`);
    return undefined;
  });
  await rm(archive);
  const linked = await readdir(libraries).catch(() => []);
  if (linked.length !== 2)
    throw new Error(`${addressOf(path)} does not hold the two libraries of libtensorflow`);
  return {
    source: `libtensorflow ${version}`,
    headers: join(folder, 'include'),
    libraries: linked.map((name) => join(libraries, name)),
  };
}

/** Gets the addon that was published with tfjs-node; there is one for x64 only. */
export async function officialAddon(version: string, folder: string, progress: Progress): Promise<void> {
  if (process.arch !== 'x64') throw new Error(`no addon is published for ${process.arch}`);
  const archive = join(folder, 'addon.tar.gz');
  await download(
    addressOf(`tf-builds/pre-built-binary/napi-v8/${version}/CPU-${process.platform}-${version}.tar.gz`),
    archive,
    progress,
  );
  const { addon } = layoutOf(folder);
  const found = await untar(archive, (name) => (name.endsWith('/tfjs_binding.node') ? addon : undefined));
  await rm(archive);
  if (found !== 1) throw new Error('the published archive holds no addon');
}

/** Mirrors are set by the variables that tfjs-node's installer reads. */
function addressOf(path: string): string {
  const { env } = process;
  const prefix = env.TFJS_NODE_BASE_URI || env.npm_config_TFJS_NODE_BASE_URI;
  if (prefix && path.startsWith(libtensorflow)) return prefix + path.slice(libtensorflow.length);
  const host = env.TFJS_NODE_CDN_STORAGE || env.npm_config_TFJS_NODE_CDN_STORAGE || env.CDN_STORAGE;
  return (host || 'https://storage.googleapis.com/') + path;
}
