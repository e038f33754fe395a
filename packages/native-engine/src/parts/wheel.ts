import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import type { NativeLayout } from '@aimle/engine/native';
import type { Progress } from '../progress.js';
import type { Wheel } from '../recipe.js';
import { unzip } from '../system/archives.js';
import { firstCommand, runCommand } from '../system/command.js';
import { fileChecksum } from '../system/manifest.js';
import { findCompiler, type Libtensorflow } from './addon.js';

/** Takes libtensorflow from its Python wheel. pip fetches it from its configured index; Python only runs pip. */
export async function tensorflowFromWheel(
  wheel: Wheel,
  { folder, libraries }: NativeLayout,
  progress: Progress,
): Promise<Libtensorflow> {
  await findCompiler(); // fail before a long download, not after it
  const python = await findPip();
  const work = join(folder, 'wheel');
  const archive = await pipDownload(python, wheel, work, progress);
  progress.report({ step: 'verify', message: `checking ${basename(archive)}` });
  const found = await fileChecksum(archive);
  if (found !== wheel.sha256)
    throw new Error(
      `${basename(archive)} has sha256 ${found} instead of ${wheel.sha256}; the index that pip uses serves another file`,
    );
  const place = relative(folder, libraries);
  await unzip(
    archive,
    folder,
    (name) => placeOf(name, place),
    (fraction) => progress.report({ step: 'unpack', message: 'unpacking libtensorflow', fraction }),
  );
  await rm(work, { recursive: true });
  const linked = (await readdir(libraries).catch(() => [])).filter((name) =>
    /^libtensorflow(_cc|_framework)\./.test(name),
  );
  if (linked.length !== 2)
    throw new Error(
      `${basename(archive)} holds ${linked.length} of the two libraries libtensorflow_cc and libtensorflow_framework`,
    );
  return { headers: join(folder, 'include'), libraries: linked.map((name) => join(libraries, name)) };
}

/** Places the headers, the libraries, and the helper libraries that a repaired wheel keeps in `<project>.libs`. */
function placeOf(name: string, libraries: string): string | undefined {
  const header = /^tensorflow\/(include\/(?:tensorflow\/c|tensorflow\/core\/platform|tsl)\/.*\.h)$/.exec(
    name,
  );
  if (header) return header[1];
  const library = /^tensorflow\/(libtensorflow(?:_cc|_framework)\.[^/]*)$/.exec(name);
  if (library) return join(libraries, library[1] as string);
  return /^[^/]+\.libs\/[^/]+$/.test(name) ? join(libraries, '..', name) : undefined;
}

async function findPip(): Promise<string> {
  const pythons = ['python3', 'python'];
  const python = await firstCommand(pythons, ['-m', 'pip', '--version']);
  if (python !== undefined) return python;
  throw new Error(
    (await firstCommand(pythons, ['--version'])) === undefined
      ? 'no python3 is on the PATH; install Python 3 with pip (Debian: apt install python3-pip)'
      : 'python3 has no pip; install it (Debian: apt install python3-pip; elsewhere: python3 -m ensurepip)',
  );
}

async function pipDownload(
  python: string,
  { project, version, platformTag, bytes }: Wheel,
  folder: string,
  { report, signal }: Progress,
): Promise<string> {
  const temporary = join(folder, 'pip');
  await mkdir(temporary, { recursive: true });
  const message = `fetching ${project} ${version} with pip`;
  const failure = `pip could not fetch ${project} ${version}`;
  report({ step: 'download', message, fraction: 0 });
  const watch = setInterval(async () => {
    report({ step: 'download', message, fraction: Math.min(1, (await bytesBelow(folder)) / bytes) });
  }, 1000);
  // The tags are those of the wheel, not of this Python, so any version of Python can fetch it.
  const args = [
    ...['-m', 'pip', 'download', `${project}==${version}`, '--dest', folder],
    ...['--no-deps', '--only-binary=:all:', '--platform', platformTag],
    ...['--python-version', '3.11', '--implementation', 'cp', '--abi', 'cp311'],
    ...['--no-cache-dir', '--disable-pip-version-check', '--no-input', '--progress-bar', 'off'],
  ];
  const env = { ...process.env, TMPDIR: temporary, PIP_REQUIRE_VIRTUALENV: '0' };
  try {
    await runCommand(python, args, { signal, env }, failure);
  } finally {
    clearInterval(watch);
  }
  const archive = (await readdir(folder)).find((name) => name.endsWith('.whl'));
  if (archive === undefined) throw new Error(`${failure}: it wrote no wheel`);
  return join(folder, archive);
}

async function bytesBelow(folder: string): Promise<number> {
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  const sizes = names.map((name) =>
    stat(join(folder, name)).then(
      (entry) => (entry.isFile() ? entry.size : 0),
      () => 0,
    ),
  );
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}
