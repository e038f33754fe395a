import type { DataFile, UnpinnedFile } from './dataFile.js';
import { fetchSecurely } from './fetchSecurely.js';
import { newPart, removeLeftParts } from './replaceFile.js';

/** The progress of a download. */
export interface DownloadProgress {
  /** Name of the file. */
  readonly file: string;
  /** Bytes so far. */
  readonly received: number;
  /** Bytes of the whole file; 0 if unknown. */
  readonly total: number;
  /** The progress as a readable line. */
  readonly message: string;
}

/** Settings of a download. */
export interface DownloadOptions {
  /** Base addresses to try in turn instead of the public ones; a file's name is appended. They must be https, or http on this machine. */
  readonly mirrors?: readonly string[];
  /** Called at the start of each file, and after each tenth of it. */
  readonly onProgress?: (progress: DownloadProgress) => unknown;
  /** Stops the download when aborted; no partial file is left. */
  readonly signal?: AbortSignal;
  /** Seconds without data after which a mirror is abandoned. Default: 30. */
  readonly idleSeconds?: number;
  /** Seconds after which a mirror is abandoned even if data still comes. Default: 3600. */
  readonly totalSeconds?: number;
}

/** The failure of one mirror; the next one may succeed. */
class MirrorProblem extends Error {}

/**
 * Downloads a file into a folder from the first mirror that has the right file. It is written under a random name,
 * checked, flushed to the disk and renamed, so the final name only ever holds the complete, right file, also when two
 * processes download it at once. What a kill left an hour ago is removed.
 */
export async function download(
  file: DataFile | UnpinnedFile,
  folder: string,
  { mirrors = [], onProgress, signal, idleSeconds = 30, totalSeconds = 3600 }: DownloadOptions,
): Promise<string> {
  const { mkdir, rename, rm } = await import('node:fs/promises');
  const { join } = await import('node:path');
  const path = join(folder, file.name);
  const part = await newPart(path);
  const problems: string[] = [];
  try {
    await mkdir(folder, { recursive: true });
    await removeLeftParts(path);
    for (const mirror of mirrors) {
      const url = `${mirror.replace(/\/$/, '')}/${file.name}`;
      signal?.throwIfAborted();
      try {
        const limits = { idleSeconds, totalSeconds, signal };
        await transfer(url, part, file, reporter(file, onProgress), limits);
        await rename(part, path);
        return path;
      } catch (error) {
        if (!(error instanceof MirrorProblem)) throw error;
        problems.push(`${url}: ${error.message}`);
      }
    }
  } catch (error) {
    throw explained(error, file, folder);
  } finally {
    await rm(part, { force: true }).catch(() => undefined);
  }
  throw new Error(
    `${file.name} could not be downloaded (${problems.join('; ') || 'no mirror was given'}); ` +
      `check the connection, or put the file into ${folder} yourself`,
  );
}

interface Limits {
  readonly idleSeconds: number;
  readonly totalSeconds: number;
  readonly signal: AbortSignal | undefined;
}

async function transfer(
  url: string,
  part: string,
  file: DataFile | UnpinnedFile,
  report: (received: number) => void,
  { idleSeconds, totalSeconds, signal }: Limits,
): Promise<void> {
  const { open, rm } = await import('node:fs/promises');
  const { createHash } = await import('node:crypto');
  const slow = new AbortController();
  const abandon = (seconds: number, problem: string) =>
    setTimeout(() => slow.abort(new MirrorProblem(problem)), seconds * 1000);
  const idle = abandon(idleSeconds, `no data for ${idleSeconds} seconds`);
  const total = abandon(totalSeconds, `not complete after ${totalSeconds} seconds`);
  const either = signal ? AbortSignal.any([signal, slow.signal]) : slow.signal;
  await rm(part, { force: true }); // of the mirror before
  const handle = await open(part, 'wx');
  try {
    const hash = createHash('sha256');
    const expected = 'sha256' in file ? file : null;
    const most = 'sha256' in file ? file.bytes : file.maxBytes;
    let received = 0;
    report(0);
    for await (const chunk of chunksFrom(url, either)) {
      idle.refresh();
      received += chunk.length;
      if (received > most) {
        const limit = expected === null ? `${most}` : `the expected ${most}`;
        throw new MirrorProblem(`it has more than ${limit} bytes`);
      }
      hash.update(chunk);
      await handle.writeFile(chunk);
      report(received);
    }
    await handle.sync();
    const problem =
      expected === null
        ? await (file as UnpinnedFile).check(part)
        : problemOf(expected, received, hash.digest('hex'));
    if (problem !== null) throw new MirrorProblem(problem);
  } finally {
    clearTimeout(idle);
    clearTimeout(total);
    await handle.close();
  }
}

function problemOf({ bytes, sha256 }: DataFile, received: number, found: string): string | null {
  if (received < bytes) return `it ended after ${received} of ${bytes} bytes`;
  return found === sha256 ? null : `SHA-256 must be ${sha256}, got ${found}`;
}

/** Yields the body of a response. Any network error is a problem of the mirror; an abort is not. */
async function* chunksFrom(url: string, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  try {
    const response = await fetchSecurely(url, { signal, headers: { 'accept-encoding': 'identity' } });
    // Nothing but the whole was asked for, so a part (206) is not the file.
    if (response.status !== 200) {
      await response.body?.cancel();
      throw new MirrorProblem(`HTTP ${response.status} ${response.statusText}`.trim());
    }
    if (response.body === null) throw new MirrorProblem('an empty answer');
    yield* response.body;
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    if (error instanceof MirrorProblem) throw error;
    const { message, cause } = error as Error & { cause?: { code?: string; message?: string } };
    throw new MirrorProblem(cause?.code ?? cause?.message ?? message);
  }
}

/** Makes the function that reports progress after each tenth, or each ten megabytes if the size is unknown. */
function reporter(
  file: DataFile | UnpinnedFile,
  onProgress: DownloadOptions['onProgress'],
): (received: number) => void {
  const total = 'bytes' in file ? file.bytes : 0;
  let reported = -1;
  return (received) => {
    const now = Math.floor((total > 0 ? 10 : 1) * (received / (total || TEN_MEGABYTES)));
    if (now === reported) return;
    reported = now;
    const part = total > 0 ? `${10 * now} % of ${megabytes(total)}` : megabytes(received);
    onProgress?.({ file: file.name, received, total, message: `downloading ${file.name}: ${part}` });
  };
}

const TEN_MEGABYTES = 1e7;
const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;

const UNWRITABLE: readonly (string | undefined)[] = [
  'EACCES',
  'EPERM',
  'EROFS',
  'ENOTDIR',
  'EEXIST',
  'ENOENT',
];

function explained(error: unknown, file: DataFile | UnpinnedFile, folder: string): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new Error(
      `no space left for ${file.name}${'bytes' in file ? ` (${megabytes(file.bytes)})` : ''} in ${folder}; ` +
        'free some, or set AIMLE_DATA to a folder with enough space',
      { cause: error },
    );
  }
  if (UNWRITABLE.includes(code)) {
    return new Error(`${folder} cannot be written to (${code}); set AIMLE_DATA to a writable folder`, {
      cause: error,
    });
  }
  return error;
}
