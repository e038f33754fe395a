import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A mirror on this machine, for as long as a test needs it. */
export interface Mirror {
  readonly url: string;
  /** Paths asked for, in order. */
  readonly asked: readonly string[];
  close(): Promise<void>;
}

export async function mirror(answer: RequestListener): Promise<Mirror> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url!);
    answer(request, response);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/files/`;
  return {
    url,
    asked,
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

/** Serves files by the last part of their path. */
export function serving(files: Readonly<Record<string, Uint8Array>>): RequestListener {
  return (request, response) => {
    const file = files[request.url!.split('/').at(-1)!];
    if (file === undefined) response.writeHead(404).end('no such file');
    else response.end(file);
  };
}
