/**
 * Compiles assembly/ into the modules of src/, which are committed: nobody needs the compiler to use or to test this
 * package. With --check it writes nothing, and fails if a committed module is not what the sources give.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { main } from 'assemblyscript/asc';
import { build } from 'esbuild';

const kernels = await compile('index.ts');

const { outputFiles } = await build({
  entryPoints: [fileURLToPath(new URL('src/threads/worker.ts', import.meta.url))],
  bundle: true,
  minify: true,
  format: 'iife',
  target: 'es2022',
  write: false,
});

await write(
  'src/module.ts',
  kernels,
  `
/** What a worker runs, made from threads/worker.ts by compile.ts. */
export const workerScript =
  '${outputFiles[0]!.text.trim().replace(/[\\']/g, '\\$&')}';
`,
);

for (const [folder, features] of [
  ['plain', []],
  ['relaxed', ['--enable', 'relaxed-simd']],
] as const) {
  await write(`src/products/${folder}/module.ts`, await compile('products/index.ts', features));
}

/** Compiles a module whose memory is given to it, and may be shared. */
async function compile(entry: string, features: readonly string[] = []): Promise<Uint8Array> {
  let binary: Uint8Array | undefined;
  const { error, stderr } = await main(
    [
      entry,
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
      ...features,
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
  return binary;
}

/** Writes a module, or compares it. */
async function write(target: string, binary: Uint8Array, rest = ''): Promise<void> {
  // The import of a memory: its name, its kind, and flags that say that it is shared and has a maximum.
  const memoryImport = Buffer.from('\x06memory\x02\x03', 'latin1');
  const flags = Buffer.from(binary).indexOf(memoryImport) + memoryImport.length - 1;
  if (flags < memoryImport.length) throw new Error(`${target} imports no shared memory`);
  const source = `/** The WebAssembly module, made from assembly/ by compile.ts. */
export const base64 =
  '${Buffer.from(binary).toString('base64')}';

/** The byte of the module that says that its memory is shared (3), or not (1). */
export const SHARED_FLAG = ${flags};
${rest}`;
  const file = new URL(target, import.meta.url);
  if (!process.argv.includes('--check')) {
    await writeFile(file, source);
    process.stdout.write(`${target}: ${binary.length} bytes of WebAssembly\n`);
  } else if ((await readFile(file, 'utf8')) !== source) {
    process.stderr.write(
      `${target} is not what assembly/ compiles to; run pnpm --filter @aimle/kernels compile\n`,
    );
    process.exitCode = 1;
  }
}
