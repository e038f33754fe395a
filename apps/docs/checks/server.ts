import { once } from 'node:events';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { gzipSync } from 'node:zlib';

export interface Site {
  /** Where it begins: host, port and sub-path, with a slash at its end. */
  readonly address: string;
  close(): void;
}

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.jpg': 'image/jpeg',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
};

/** What a host sends beside the files: nothing, the headers that isolate from other origins, or the site's policy. */
export type Host = 'plain' | 'isolated' | 'policed';

/** Serves a folder below a sub-path as a host of files does, compressed. */
export async function serve(folder: string, base: string, host: Host): Promise<Site> {
  const policy = host === 'policed' ? readFileSync(join(folder, 'content-security-policy.txt'), 'utf8') : '';
  const server = createServer((request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname));
    const file = path.startsWith(base) ? fileAt(join(folder, path.slice(base.length))) : undefined;
    if (file === undefined) {
      response.writeHead(404).end();
      return;
    }
    if (policy) response.setHeader('content-security-policy', policy.trim());
    if (host === 'isolated') {
      response.setHeader('cross-origin-opener-policy', 'same-origin');
      response.setHeader('cross-origin-embedder-policy', 'require-corp');
    }
    response.setHeader('content-type', types[extname(file)] ?? 'application/octet-stream');
    response.setHeader('content-encoding', 'gzip');
    response.end(gzipSync(readFileSync(file), { level: 6 }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}${encodeURI(base)}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** The file that a host serves for a path. */
export function fileAt(path: string): string | undefined {
  const candidates = [path, join(path, 'index.html'), `${path}.html`];
  return candidates.find((each) => existsSync(each) && statSync(each).isFile());
}
