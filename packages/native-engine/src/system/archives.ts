import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { extract } from 'tar';
import { openPromise } from 'yauzl';

/** Maps the name of a file in an archive to its path in the target folder; undefined leaves it out. */
export type Placement = (name: string) => string | undefined;

/** Unpacks a .tar.gz archive without its links, and counts its files. Throws if one would leave the folder. */
export async function untar(archive: string, folder: string, place: Placement): Promise<number> {
  await mkdir(folder, { recursive: true });
  const pathOf = (name: string) => place(name.replace(/^\.\//, ''));
  let files = 0;
  await extract({
    file: archive,
    cwd: folder,
    strict: true, // what `tar` would warn of, a path out of the folder too, is an error
    preserveOwner: false,
    filter: (name, entry) => 'type' in entry && /File$/.test(entry.type) && pathOf(name) !== undefined,
    onReadEntry(entry) {
      entry.path = pathOf(entry.path) as string;
      files++;
    },
  });
  return files;
}

/** Unpacks a zip archive as streams; `yauzl` verifies paths, lengths and checksums. */
export async function unzip(
  archive: string,
  folder: string,
  place: Placement,
  onProgress: (fraction: number) => void = () => {},
): Promise<number> {
  const zip = await openPromise(archive, { autoClose: false });
  try {
    const wanted = [];
    for await (const entry of zip.eachEntry()) {
      const path = entry.fileName.endsWith('/') ? undefined : place(entry.fileName);
      if (path !== undefined) wanted.push({ entry, path: join(folder, path) });
    }
    const total = wanted.reduce((sum, { entry }) => sum + entry.uncompressedSize, 0);
    let done = 0;
    for (const { entry, path } of wanted) {
      await mkdir(dirname(path), { recursive: true });
      const content = await zip.openReadStreamPromise(entry);
      content.on('data', (chunk: Buffer) => {
        done += chunk.length;
        onProgress(done / total);
      });
      await pipeline(content, createWriteStream(path, { flags: 'wx' }));
    }
    return wanted.length;
  } finally {
    zip.close();
  }
}
