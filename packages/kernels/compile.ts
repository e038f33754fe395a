/**
 * Compiles assembly/ into src/module.ts, which is committed: nobody needs the compiler to use or to test this package.
 * With --check it writes nothing, and fails if the committed module is not what the sources give.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { main } from 'assemblyscript/asc';
import { build } from 'esbuild';

const target = new URL('src/module.ts', import.meta.url);

let binary: Uint8Array | undefined;
const { error, stderr } = await main(
  [
    'index.ts',
    '--outFile',
    'kernels.wasm',
    '-O3',
    '--converge',
    '--noAssert',
    '--runtime',
    'stub',
    '--enable',
    'simd',
    '--enable',
    'threads',
    '--importMemory',
    '--sharedMemory',
    '--initialMemory',
    '1',
    '--maximumMemory',
    '65536',
  ],
  {
    readFile: (name, folder) =>
      readFile(fileURLToPath(new URL(`assembly/${folder}/${name}`, import.meta.url)), 'utf8').catch(
        () => null,
      ),
    writeFile: (_name, contents) => {
      if (typeof contents !== 'string') binary = contents;
    },
    listFiles: () => [],
  },
);
if (error !== null || binary === undefined) throw new Error(stderr.toString());

// The import of a memory: its name, its kind, and flags that say that it is shared and has a maximum.
const memoryImport = Buffer.from('\x06memory\x02\x03', 'latin1');
const flags = Buffer.from(binary).indexOf(memoryImport) + memoryImport.length - 1;
if (flags < memoryImport.length) throw new Error('the module imports no shared memory');

const { outputFiles } = await build({
  entryPoints: [fileURLToPath(new URL('src/threads/worker.ts', import.meta.url))],
  bundle: true,
  minify: true,
  format: 'iife',
  target: 'es2022',
  write: false,
});

const source = `/** The WebAssembly module, made from assembly/ by compile.ts. */
export const base64 =
  '${Buffer.from(binary).toString('base64')}';

/** The byte of the module that says that its memory is shared (3), or not (1). */
export const SHARED_FLAG = ${flags};

/** What a worker runs, made from threads/worker.ts by compile.ts. */
export const workerScript =
  '${outputFiles[0]!.text.trim().replace(/[\\']/g, '\\$&')}';
`;

if (!process.argv.includes('--check')) {
  await writeFile(target, source);
  process.stdout.write(`src/module.ts: ${binary.length} bytes of WebAssembly\n`);
} else if ((await readFile(target, 'utf8')) !== source) {
  process.stderr.write(
    'src/module.ts is not what assembly/ compiles to; run pnpm --filter @aimle/kernels compile\n',
  );
  process.exitCode = 1;
}
