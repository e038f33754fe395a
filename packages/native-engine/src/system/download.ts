import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fetchSecurely } from '@aimle/datasets';
import type { Progress } from '../progress.js';

const responseTimeout = 5_000;
const stallTimeout = 30_000;
const totalTimeout = 3_600_000;
/** Twice the largest archive. */
const maxBytes = 1e9;

/** Downloads a file over https. Fails after 5 seconds without an answer, 30 without data, an hour in all, and beyond a gigabyte. */
export async function download(url: string, path: string, { report, signal }: Progress): Promise<void> {
  const silence = new AbortController();
  let timer = setTimeout(
    () => silence.abort(new Error(`no answer within ${responseTimeout / 1000} s`)),
    responseTimeout,
  );
  const total = setTimeout(() => silence.abort(new Error('it was not complete after an hour')), totalTimeout);
  try {
    const response = await fetchSecurely(url, {
      signal: signal ? AbortSignal.any([signal, silence.signal]) : silence.signal,
    });
    if (response.status !== 200 || response.body === null)
      throw new Error(`the server answered ${response.status}`);
    const expected = Number(response.headers.get('content-length'));
    let done = 0;
    await mkdir(dirname(path), { recursive: true });
    const body = Readable.fromWeb(response.body as import('node:stream/web').ReadableStream);
    body.on('data', (chunk: Buffer) => {
      clearTimeout(timer);
      timer = setTimeout(
        () => silence.abort(new Error(`nothing came for ${stallTimeout / 1000} s`)),
        stallTimeout,
      );
      done += chunk.length;
      if (done > maxBytes) silence.abort(new Error(`it has more than ${maxBytes} bytes`));
      report({
        step: 'download',
        message: `downloading ${url}`,
        ...(expected > 0 && { fraction: done / expected }),
      });
    });
    await pipeline(body, createWriteStream(path, { flags: 'wx' }));
    if (expected > 0 && done !== expected) throw new Error(`${done} bytes came instead of ${expected}`);
  } catch (error) {
    signal?.throwIfAborted();
    const reason = silence.signal.aborted ? silence.signal.reason : ((error as Error).cause ?? error);
    throw new Error(`${url}: ${(reason as Error).message}`, { cause: error });
  } finally {
    clearTimeout(timer);
    clearTimeout(total);
  }
}
