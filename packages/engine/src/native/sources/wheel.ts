import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { findCompiler } from '../addon/compile.js';
import { unzip } from '../archives/zip.js';
import { fileChecksum } from '../cache/checksum.js';
import { layoutOf } from '../cache/folders.js';
import type { Progress } from '../events.js';
import { firstCommand, lastWords, runCommand } from '../machine/command.js';
import type { Wheel } from './recipe.js';
import type { TensorFlow } from './tensorflow.js';

/** Gets libtensorflow from its Python wheel, which pip fetches from wherever it is set up to. Python itself only runs pip. */
export async function tensorflowFromWheel(
  wheel: Wheel,
  folder: string,
  progress: Progress,
): Promise<TensorFlow> {
  await findCompiler(); // to say so before, not after, a long download
  const python = await findPip();
  const work = join(folder, 'wheel');
  const archive = await pipDownload(python, wheel, work, progress);
  progress.report({ step: 'verify', message: `checking ${basename(archive)}` });
  const found = await fileChecksum(archive);
  if (found !== wheel.sha256)
    throw new Error(
      `${basename(archive)} has sha256 ${found} instead of ${wheel.sha256}; the index that pip uses serves another file`,
    );
  const headers = join(folder, 'include');
  const { libraries } = layoutOf(folder);
  await unzip(
    archive,
    (name) => placeOf(name, headers, libraries),
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
  return { source: sourceOf(wheel), headers, libraries: linked.map((name) => join(libraries, name)) };
}

/** The wheel in words. */
export function sourceOf({ project, version }: Wheel): string {
  return `Python wheel ${project} ${version}`;
}

/** The libraries beside the addon's own place for them, with the helpers that a repaired wheel keeps in `<project>.libs`. */
function placeOf(name: string, headers: string, libraries: string): string | undefined {
  const header = /^tensorflow\/include\/((?:tensorflow\/c|tensorflow\/core\/platform|tsl)\/.*\.h)$/.exec(
    name,
  );
  if (header) return join(headers, header[1] as string);
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
  wheel: Wheel,
  folder: string,
  { report, signal }: Progress,
): Promise<string> {
  const temporary = join(folder, 'pip');
  await mkdir(temporary, { recursive: true });
  const message = `fetching ${wheel.project} ${wheel.version} with pip`;
  report({ step: 'download', message, fraction: 0 });
  const watch = setInterval(async () => {
    const fraction = Math.min(1, (await bytesBelow(folder)) / wheel.bytes);
    report({ step: 'download', message, fraction });
  }, 1000);
  try {
    // The tags are those of the wheel, not of this Python: any version of Python may fetch it.
    const result = await runCommand(
      python,
      [
        ...['-m', 'pip', 'download', `${wheel.project}==${wheel.version}`, '--dest', folder],
        ...['--no-deps', '--only-binary=:all:', '--platform', wheel.platformTag],
        ...['--python-version', '3.11', '--implementation', 'cp', '--abi', 'cp311'],
        ...['--no-cache-dir', '--disable-pip-version-check', '--no-input', '--progress-bar', 'off'],
      ],
      { signal, env: { ...process.env, TMPDIR: temporary, PIP_REQUIRE_VIRTUALENV: '0' } },
    );
    const archive = (await readdir(folder)).find((name) => name.endsWith('.whl'));
    if (result.code !== 0 || archive === undefined)
      throw new Error(`pip could not fetch ${wheel.project} ${wheel.version}: ${lastWords(result)}`);
    return join(folder, archive);
  } finally {
    clearInterval(watch);
  }
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
