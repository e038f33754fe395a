import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { DataFile } from '../src/folder/dataFile.js';
import { type DownloadOptions, type DownloadProgress, download } from '../src/folder/download.js';
import { type Mirror, mirror, serving } from './mirror.js';

/** What the next write to a file fails with; the disk of the test is neither full nor forbidden. */
const disk = vi.hoisted(() => ({
  failure: undefined as string | undefined,
  at: 'write' as 'write' | 'open',
}));

vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof import('node:fs/promises')>();
  const failing = () =>
    Promise.reject(Object.assign(new Error(`${disk.failure}: test`), { code: disk.failure }));
  return {
    ...real,
    open: async (...parameters: Parameters<typeof real.open>) => {
      if (disk.failure && disk.at === 'open') return failing();
      const handle = await real.open(...parameters);
      if (disk.failure) handle.writeFile = failing;
      return handle;
    },
  };
});

const content = Uint8Array.from({ length: 300_000 }, (_, i) => (i * 7919) >> 5);
const file: DataFile = {
  name: 'data.gz',
  bytes: content.length,
  sha256: createHash('sha256').update(content).digest('hex'),
};

let folder: string;
const mirrors: Mirror[] = [];

async function mirrored(answer: RequestListener): Promise<Mirror> {
  const one = await mirror(answer);
  mirrors.push(one);
  return one;
}

async function messageOf(options: DownloadOptions, into = folder): Promise<string> {
  return download(file, into, options).then(
    () => 'no error',
    (error: Error) => error.message,
  );
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aimle-'));
});

afterEach(async () => {
  vi.useRealTimers();
  disk.failure = undefined;
  await Promise.all(mirrors.splice(0).map((one) => one.close()));
  await rm(folder, { recursive: true });
});

describe('a hostile or a broken server', () => {
  it('is not followed away from https, nor in circles, and its refusal is named', async () => {
    const outside = await mirrored((_, response) => {
      response.writeHead(302, { location: 'http://elsewhere.invalid/data.gz' }).end();
    });
    const circle = await mirrored((_, response) => {
      response.writeHead(302, { location: '/files/data.gz' }).end();
    });
    const message = await messageOf({ mirrors: [outside.url, circle.url, 'http://elsewhere.invalid/'] });
    expect(message.match(/addresses must begin with https, got http:\/\/elsewhere\.invalid/g)).toHaveLength(
      2,
    );
    expect(message).toContain('there were more than 5 redirects');
    expect(circle.asked).toHaveLength(6);
  });

  it('is followed to another address that is as safe', async () => {
    const good = await mirrored(serving({ 'data.gz': content }));
    const moved = await mirrored((_, response) => {
      response.writeHead(308, { location: `${good.url}data.gz` }).end();
    });
    await download(file, folder, { mirrors: [moved.url] });
    expect(await readdir(folder)).toEqual(['data.gz']);
  });

  it('sends a part that nobody asked for, which is not the file, even if it is all of it', async () => {
    const partial = await mirrored((_, response) => {
      response.writeHead(206, { 'content-range': `bytes 0-299999/300000` }).end(content);
    });
    expect(await messageOf({ mirrors: [partial.url] })).toContain('HTTP 206');
    expect(await readdir(folder)).toEqual([]);
  });

  it('sends without end, which stops at the limit of a file without a digest', async () => {
    const endless = await mirrored((_, response) => {
      const more = () => {
        while (response.write(content)) {} // until its buffer is full
      };
      response.on('drain', more);
      more();
    });
    const unpinned = { name: 'data.gz', maxBytes: 1_000_000, check: async () => null };
    const error = await download(unpinned, folder, { mirrors: [endless.url] }).catch((thrown) => thrown);
    expect(error.message).toContain('it has more than 1000000 bytes');
    expect(await readdir(folder)).toEqual([]);
  });

  it('drips for ever, which ends after the total time', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const dripping = await mirrored((_, response) => {
      response.write(content.subarray(0, 10));
    });
    const drip = ({ received }: DownloadProgress) => received > 0 && vi.advanceTimersByTime(61_000);
    const unpinned = { name: 'data.gz', maxBytes: 1e6, check: async () => null };
    const options = { mirrors: [dripping.url], idleSeconds: 1000, totalSeconds: 60, onProgress: drip };
    const running = download(unpinned, folder, options).catch((thrown) => thrown);
    await vi.waitFor(() => expect(dripping.asked).toHaveLength(1));
    await new Promise((resolve) => setImmediate(resolve));
    vi.advanceTimersByTime(61_000);
    expect((await running).message).toContain('not complete after 60 seconds');
  });
});

describe('a download', () => {
  it('is done twice at once, by two processes, and leaves one whole file', async () => {
    const good = await mirrored(serving({ 'data.gz': content }));
    const both = [1, 2].map(() => download(file, folder, { mirrors: [good.url] }));
    expect(await Promise.all(both)).toEqual([join(folder, 'data.gz'), join(folder, 'data.gz')]);
    expect(await readdir(folder)).toEqual(['data.gz']);
    expect((await readFile(join(folder, 'data.gz'))).equals(content)).toBe(true);
  });

  it('removes what a kill left an hour ago, and leaves a part that another process writes', async () => {
    const [old, fresh] = [`.data.gz.${crypto.randomUUID()}.part`, `.data.gz.${crypto.randomUUID()}.part`];
    for (const name of [old, fresh]) await writeFile(join(folder, name), 'part');
    await utimes(join(folder, old), 0, 0);
    const good = await mirrored(serving({ 'data.gz': content }));
    await download(file, folder, { mirrors: [good.url] });
    expect((await readdir(folder)).sort()).toEqual([fresh, 'data.gz'].sort());
  });

  it('ends with the file under its name, in a folder made for it, and nothing else', async () => {
    const good = await mirrored(serving({ 'data.gz': content }));
    const deep = join(folder, 'not', 'yet');
    const path = await download(file, deep, { mirrors: [good.url] });
    expect(path).toBe(join(deep, 'data.gz'));
    expect((await readFile(path)).equals(content)).toBe(true);
    expect(await readdir(deep)).toEqual(['data.gz']);
    expect(good.asked).toEqual(['/files/data.gz']);
  });

  it('reports its progress, from nothing to all of it', async () => {
    const good = await mirrored(serving({ 'data.gz': content }));
    const seen: DownloadProgress[] = [];
    await download(file, folder, { mirrors: [good.url], onProgress: (progress) => seen.push(progress) });
    expect(seen[0]).toEqual({
      file: 'data.gz',
      received: 0,
      total: 300_000,
      message: 'downloading data.gz: 0 % of 0.3 MB',
    });
    expect(seen.at(-1)).toMatchObject({ received: 300_000, message: 'downloading data.gz: 100 % of 0.3 MB' });
    expect(seen.length).toBeLessThanOrEqual(11);
  });

  it('tries the next mirror after one that lacks the file, breaks off, or has another file', async () => {
    const lacking = await mirrored(serving({}));
    const breaking = await mirrored((_, response) => {
      response.writeHead(200, { 'content-length': content.length });
      response.write(content.subarray(0, 1000), () => response.destroy());
    });
    const wrong = await mirrored(serving({ 'data.gz': content.map((byte) => byte ^ 1) }));
    const good = await mirrored(serving({ 'data.gz': content }));
    const urls = [lacking, breaking, wrong, good].map(({ url }) => url);
    await download(file, folder, { mirrors: urls });
    expect((await readFile(join(folder, 'data.gz'))).equals(content)).toBe(true);
    expect([lacking, breaking, wrong, good].map(({ asked }) => asked.length)).toEqual([1, 1, 1, 1]);
  });

  it('says why each mirror failed, and keeps no file', async () => {
    const lacking = await mirrored(serving({}));
    const short = await mirrored(serving({ 'data.gz': content.subarray(0, 10) }));
    const long = await mirrored(serving({ 'data.gz': Buffer.concat([content, content]) }));
    const wrong = await mirrored(serving({ 'data.gz': new Uint8Array(content.length) }));
    const gone = await mirror(serving({}));
    await gone.close();
    const message = await messageOf({ mirrors: [lacking, short, long, wrong, gone].map(({ url }) => url) });
    expect(message).toMatch(/^data\.gz could not be downloaded \(/);
    expect(message).toContain(`${lacking.url}data.gz: HTTP 404 Not Found`);
    expect(message).toContain('it ended after 10 of 300000 bytes');
    expect(message).toContain('it has more than the expected 300000 bytes');
    expect(message).toContain(`SHA-256 must be ${file.sha256}, got `);
    expect(message).toContain(`${gone.url}data.gz: ECONNREFUSED`);
    expect(message).toMatch(/check the connection, or put the file into .* yourself$/);
    expect(await readdir(folder)).toEqual([]);
  });

  it('abandons a mirror that sends no data', async () => {
    const silent = await mirrored((_, response) => {
      response.write(content.subarray(0, 10));
    });
    const message = await messageOf({ mirrors: [silent.url], idleSeconds: 0.2 });
    expect(message).toContain('no data for 0.2 seconds');
    expect(await readdir(folder)).toEqual([]);
  });

  it('waits for a mirror that is slow but steady', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    let sent = 0;
    let sendMore = () => {};
    const slow = await mirrored((_, response) => {
      sendMore = () => {
        response.write(content.subarray(sent, sent + 30_000));
        sent += 30_000;
        if (sent >= content.length) response.end();
      };
      sendMore();
    });
    let shares = 0;
    const onProgress = () => {
      shares += 1;
      vi.advanceTimersByTime(20_000);
      if (sent < content.length) sendMore();
    };
    await download(file, folder, { mirrors: [slow.url], idleSeconds: 30, onProgress });
    expect(shares).toBeGreaterThan(3);
    expect((await readFile(join(folder, 'data.gz'))).equals(content)).toBe(true);
  });

  it('stops when told to, and keeps no file', async () => {
    const stop = new AbortController();
    const endless = await mirrored((_, response) => {
      response.write(content.subarray(0, 40_000));
    });
    const spare = await mirrored(serving({ 'data.gz': content }));
    const message = await messageOf({
      mirrors: [endless.url, spare.url],
      signal: stop.signal,
      onProgress: ({ received }) => received > 0 && stop.abort(new Error('stopped by the user')),
    });
    expect(message).toBe('stopped by the user');
    expect(spare.asked).toEqual([]);
    expect(await readdir(folder)).toEqual([]);
  });

  it('reports that the disk is full, tries no other mirror, and keeps no file', async () => {
    const [good, spare] = [await mirrored(serving({ 'data.gz': content })), await mirrored(serving({}))];
    Object.assign(disk, { failure: 'ENOSPC', at: 'write' });
    const message = await messageOf({ mirrors: [good.url, spare.url] });
    expect(message).toMatch(/^no space left for data\.gz \(0\.3 MB\) in .*AIMLE_DATA/);
    expect(message).toContain(folder);
    expect(spare.asked).toEqual([]);
    expect(await readdir(folder)).toEqual([]);
  });

  it('reports that the folder cannot be written to', async () => {
    const good = await mirrored(serving({ 'data.gz': content }));
    await writeFile(join(folder, 'file'), '');
    const under = join(folder, 'file', 'deep');
    expect(await messageOf({ mirrors: [good.url] }, under)).toMatch(
      /cannot be written to \(ENOTDIR\); .*AIMLE_DATA/,
    );
    Object.assign(disk, { failure: 'EACCES', at: 'open' });
    expect(await messageOf({ mirrors: [good.url] })).toContain('cannot be written to (EACCES)');
  });

  it('keeps an earlier file when it fails', async () => {
    await writeFile(join(folder, 'data.gz'), 'earlier');
    const wrong = await mirrored(serving({ 'data.gz': new Uint8Array(content.length) }));
    expect(await messageOf({ mirrors: [wrong.url] })).toContain('SHA-256 must be');
    expect(await readFile(join(folder, 'data.gz'), 'utf8')).toBe('earlier');
  });
});
