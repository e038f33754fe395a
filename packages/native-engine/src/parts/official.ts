import { readdir, rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { NativeLayout } from '@aimle/engine/native';
import type { Progress } from '../progress.js';
import type { Archive } from '../recipe.js';
import { untar } from '../system/archives.js';
import { download } from '../system/download.js';
import { fileChecksum } from '../system/manifest.js';
import { findCompiler, type Libtensorflow } from './addon.js';

const libtensorflow = 'tensorflow/libtensorflow/libtensorflow-';

/** Downloads libtensorflow as tfjs-node's own installer does, from TensorFlow's storage or a mirror, and checks its pinned digest. */
export async function officialTensorflow(
  { version, path, sha256 }: Archive,
  { folder, libraries }: NativeLayout,
  progress: Progress,
): Promise<Libtensorflow> {
  await findCompiler(); // fail before a long download, not after it
  const archive = join(folder, 'libtensorflow.tar.gz');
  await download(addressOf(path), archive, progress);
  const found = await fileChecksum(archive);
  if (found !== sha256) {
    throw new Error(
      `${addressOf(path)} has sha256 ${found} instead of ${sha256}; it is another file than the published one`,
    );
  }
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

/** Returns the address of a file. The variables that tfjs-node's installer reads set mirrors. */
function addressOf(path: string): string {
  const { TFJS_NODE_BASE_URI: prefix, TFJS_NODE_CDN_STORAGE: host } = process.env;
  if (prefix && path.startsWith(libtensorflow)) return prefix + path.slice(libtensorflow.length);
  return (host || 'https://storage.googleapis.com/') + path;
}
