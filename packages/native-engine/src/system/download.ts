import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Progress } from '../progress.js';

const responseTimeout = 5_000;
const stallTimeout = 30_000;

/** Downloads a file. It fails after five seconds without an answer, and after thirty seconds without data. */
export async function download(url: string, path: string, { report, signal }: Progress): Promise<void> {
  const silence = new AbortController();
  let timer = setTimeout(
    () => silence.abort(new Error(`no answer within ${responseTimeout / 1000} s`)),
    responseTimeout,
  );
  try {
    const response = await fetch(url, {
      signal: signal ? AbortSignal.any([signal, silence.signal]) : silence.signal,
    });
    if (!response.ok || response.body === null) throw new Error(`the server answered ${response.status}`);
    const total = Number(response.headers.get('content-length'));
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
      report({
        step: 'download',
        message: `downloading ${url}`,
        ...(total > 0 && { fraction: done / total }),
      });
    });
    await pipeline(body, createWriteStream(path, { flags: 'wx' }));
    if (total > 0 && done !== total) throw new Error(`${done} bytes came instead of ${total}`);
  } catch (error) {
    signal?.throwIfAborted();
    const reason = silence.signal.aborted ? silence.signal.reason : ((error as Error).cause ?? error);
    throw new Error(`${url}: ${(reason as Error).message}`, { cause: error });
  } finally {
    clearTimeout(timer);
  }
}
