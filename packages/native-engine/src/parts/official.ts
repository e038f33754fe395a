import { readdir, rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { NativeLayout } from '@aimle/engine/native';
import type { Progress } from '../progress.js';
import { untar } from '../system/archives.js';
import { download } from '../system/download.js';
import type { Libtensorflow } from './addon.js';

const libtensorflow = 'tensorflow/libtensorflow/libtensorflow-';

/** Downloads libtensorflow as tfjs-node's own installer does, from TensorFlow's storage or a configured mirror. */
export async function officialTensorflow(
  { version, path }: { readonly version: string; readonly path: string },
  { folder, libraries }: NativeLayout,
  progress: Progress,
): Promise<Libtensorflow> {
  const archive = join(folder, 'libtensorflow.tar.gz');
  await download(addressOf(path), archive, progress);
  progress.report({ step: 'unpack', message: `unpacking libtensorflow ${version}` });
  await untar(archive, folder, (name) => {
    if (/^include\/.*\.h$/.test(name)) return name;
    // The archive has the file under its full version, and links to it; the addon loads it by major version.
    const library = /^lib\/(libtensorflow(?:_framework)?)\.(?:(so)(?:\.[\d.]+)?|(?:[\d.]+\.)?(dylib))$/.exec(
      name,
    );
    if (!library) return undefined;
    return join(relative(folder, libraries), `${library[1]}${library[2] ? '.so.2' : '.2.dylib'}`);
  });
  await rm(archive);
  const linked = await readdir(libraries).catch(() => []);
  if (linked.length !== 2)
    throw new Error(`${addressOf(path)} does not hold the two libraries of libtensorflow`);
  return { headers: join(folder, 'include'), libraries: linked.map((name) => join(libraries, name)) };
}

/** Downloads the addon that was published with tfjs-node, which exists only for x64. */
export async function officialAddon(
  version: string,
  { folder, addon }: NativeLayout,
  progress: Progress,
): Promise<void> {
  if (process.arch !== 'x64') throw new Error(`no addon is published for ${process.arch}`);
  const archive = join(folder, 'addon.tar.gz');
  await download(
    addressOf(`tf-builds/pre-built-binary/napi-v8/${version}/CPU-${process.platform}-${version}.tar.gz`),
    archive,
    progress,
  );
  const target = relative(folder, addon);
  const found = await untar(archive, folder, (name) =>
    name.endsWith('/tfjs_binding.node') ? target : undefined,
  );
  await rm(archive);
  if (found !== 1) throw new Error('the published archive holds no addon');
}

/** Returns the address of a file. The variables that tfjs-node's installer reads set mirrors. */
function addressOf(path: string): string {
  const { env } = process;
  const prefix = env.TFJS_NODE_BASE_URI || env.npm_config_TFJS_NODE_BASE_URI;
  if (prefix && path.startsWith(libtensorflow)) return prefix + path.slice(libtensorflow.length);
  const host = env.TFJS_NODE_CDN_STORAGE || env.npm_config_TFJS_NODE_CDN_STORAGE || env.CDN_STORAGE;
  return (host || 'https://storage.googleapis.com/') + path;
}
