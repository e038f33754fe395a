import { createHash } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateRawSync, gzipSync } from 'node:zlib';
import type { Recipe } from '../src/recipe.js';
import { machineName } from '../src/system/machine.js';

type Files = Readonly<Record<string, string>>;

/** A .tar.gz archive, as npm and TensorFlow publish them. */
export function makeTar(files: Files): Buffer {
  const blocks = Object.entries(files).flatMap(([name, text]) => {
    const body = Buffer.from(text);
    const header = Buffer.alloc(512);
    header.write(name, 0);
    header.write('0000644\0', 100);
    header.write(`${body.length.toString(8).padStart(11, '0')}\0`, 124);
    header.write('0', 156);
    header.write('ustar\x0000', 257);
    return [withChecksum(header), body, Buffer.alloc((512 - (body.length % 512)) % 512)];
  });
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)]));
}

/** Writes the checksum of a header of a tar archive into it: the sum of its bytes, those of the checksum being spaces. */
export function withChecksum(header: Buffer): Buffer {
  header.fill(' ', 148, 156);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0`, 148);
  return header;
}

/** A zip archive, as Python wheels are; every second file is stored instead of deflated. */
export function makeZip(files: Files): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  Object.entries(files).forEach(([name, text], index) => {
    const body = Buffer.from(text);
    const method = index % 2 === 0 ? 8 : 0;
    const packed = method === 8 ? deflateRawSync(body) : body;
    const facts = Buffer.alloc(26);
    facts.writeUInt16LE(20, 0);
    facts.writeUInt16LE(method, 4);
    facts.writeUInt32LE(crc32(body), 10);
    facts.writeUInt32LE(packed.length, 14);
    facts.writeUInt32LE(body.length, 18);
    facts.writeUInt16LE(name.length, 22);
    const central = Buffer.alloc(14);
    central.writeUInt32LE(offset, 10);
    const local = [Buffer.from('PK\x03\x04', 'latin1'), facts, Buffer.from(name), packed];
    bodies.push(...local);
    directory.push(Buffer.from('PK\x01\x02\x14\0', 'latin1'), facts, central, Buffer.from(name));
    offset += local.reduce((sum, part) => sum + part.length, 0);
  });
  const entries = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 0, 'latin1');
  end.writeUInt16LE(Object.keys(files).length, 10);
  end.writeUInt32LE(entries.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...bodies, entries, end]);
}

const tfjsNode = makeTar({
  'package/binding/tfjs_binding.cc': '// the addon',
  'package/dist/register_all_kernels.js': '// kernels',
  'package/dist/nodejs_kernel_backend.js': '// backend',
  'package/dist/int64_tensors.js': '// int64',
  'package/dist/kernels/Add.js': '// add',
  'package/dist/kernels/Add.d.ts': '// types',
});
const nodeApiHeaders = makeTar({ 'package/include/node_api.h': '// node api' });
export const wheelFiles = {
  'tensorflow/libtensorflow_cc.so.2': 'the library '.repeat(1000),
  'tensorflow/libtensorflow_framework.so.2': 'the framework',
  'tensorflow/include/tensorflow/c/c_api.h': '// c api',
  'tensorflow/python/big.py': 'not wanted',
  'tensorflow_cpu.libs/libomp.so.5': 'a helper',
};
const libtensorflow = makeTar({
  './include/tensorflow/c/c_api.h': '// c api',
  './lib/libtensorflow.so.2.9.1': 'the official library',
  './lib/libtensorflow_framework.so.2.9.1': 'the official framework',
});

/**
 * A fake machine: a cache folder, a PATH that contains only stand-ins for npm, python3 and g++, and a server in place
 * of TensorFlow's storage, which serves nothing until `serve` is called.
 */
export class FakeMachine {
  readonly folder: string;
  readonly #server: Server;
  readonly #served = new Map<string, Buffer>();
  readonly #environment = { ...process.env };

  private constructor(folder: string, server: Server) {
    this.folder = folder;
    this.#server = server;
  }

  static async start(): Promise<FakeMachine> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const machine = new FakeMachine(await mkdtemp(join(tmpdir(), 'aimle-native-')), server);
    server.on('request', (request, response) => {
      const body = machine.#served.get(request.url ?? '');
      response.writeHead(body ? 200 : 404, body && { 'content-length': body.length }).end(body);
    });
    const { port } = server.address() as AddressInfo;
    process.env.PATH = join(machine.folder, 'bin');
    process.env.AIMLE_NATIVE = join(machine.folder, 'cache');
    process.env.TFJS_NODE_CDN_STORAGE = `http://127.0.0.1:${port}/`;
    delete process.env.CXX;
    await mkdir(join(machine.folder, 'bin'));
    await writeFile(join(machine.folder, 'tfjs-node.tgz'), tfjsNode);
    await writeFile(join(machine.folder, 'node-api-headers.tgz'), nodeApiHeaders);
    await machine.offerWheel(wheelFiles);
    await machine.give(
      'npm',
      `const { name } = /(?<name>tfjs-node|node-api-headers)@/.exec(args[1]).groups;
       fs.copyFileSync(folder + '/' + name + '.tgz', args.at(-1) + '/' + name + '.tgz');`,
    );
    await machine.give(
      'python3',
      `if (args[2] === '--version') process.exit(0);
       fs.copyFileSync(folder + '/wheel.whl', args[args.indexOf('--dest') + 1] + '/tensorflow.whl');`,
    );
    await machine.give(
      'g++',
      `if (args[0] === '--version') process.exit(0);
       for (const input of args.filter((arg) => arg.startsWith('/')))
         if (input !== args[args.indexOf('-o') + 1] && !fs.existsSync(input)) throw new Error('no ' + input);
       fs.writeFileSync(args[args.indexOf('-o') + 1], 'compiled addon');`,
    );
    return machine;
  }

  /** Puts a command on the PATH: a script in which args, fs and folder are known, and which notes its calls. */
  async give(command: string, script: string): Promise<void> {
    const path = join(this.folder, 'bin', command);
    const lines = [
      `#!${process.execPath}`,
      `const fs = require('node:fs'), args = process.argv.slice(2), folder = ${JSON.stringify(this.folder)};`,
      `fs.appendFileSync(folder + '/calls', ${JSON.stringify(command)} + ' ' + args.join(' ') + '\\n');`,
      script,
    ];
    await writeFile(path, lines.join('\n'));
    await chmod(path, 0o755);
  }

  async take(command: string): Promise<void> {
    await rm(join(this.folder, 'bin', command));
  }

  async calls(): Promise<string[]> {
    const text = await readFile(join(this.folder, 'calls'), 'utf8').catch(() => '');
    return text.split('\n').filter(Boolean);
  }

  async offerWheel(files: Files): Promise<void> {
    await writeFile(join(this.folder, 'wheel.whl'), makeZip(files));
  }

  serveLibtensorflow(archive: Buffer = libtensorflow): void {
    this.#served.set('/tensorflow/libtensorflow/libtensorflow-test.tar.gz', archive);
  }

  /** A recipe of this machine's wares, with their true checksums. */
  async recipe(): Promise<Recipe> {
    const wheel = await readFile(join(this.folder, 'wheel.whl'));
    const path = 'tensorflow/libtensorflow/libtensorflow-test.tar.gz';
    return {
      tfjsNode: { name: '@tensorflow/tfjs-node', version: '4.22.0', integrity: integrity(tfjsNode) },
      nodeApiHeaders: { name: 'node-api-headers', version: '1.9.0', integrity: integrity(nodeApiHeaders) },
      official: { [machineName()]: { version: '2.9.1', path, sha256: sha256(libtensorflow) } },
      wheels: {
        [machineName()]: {
          project: 'tensorflow-cpu',
          version: '2.15.1',
          platformTag: 'manylinux_2_17_x86_64',
          bytes: wheel.length,
          sha256: sha256(wheel),
        },
      },
    };
  }

  async stop(): Promise<void> {
    process.env = this.#environment;
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
    await rm(this.folder, { recursive: true, force: true });
  }
}

function integrity(bytes: Buffer): string {
  return `sha512-${createHash('sha512').update(bytes).digest('base64')}`;
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
