/**
 * Compiles assembly/ into the modules of src/, which are committed: nobody needs the compiler to use or to test this
 * package. With --check it writes nothing, and fails if a committed module is not what the sources give.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { main } from 'assemblyscript/asc';

/** Products work in the memory of the engine, of which they own nothing. */
const inOthersMemory = ['--importMemory', '--initialMemory', '0'];

const modules: Readonly<Record<string, readonly string[]>> = {
  'src/module.ts': ['index.ts'],
  'src/products/plain/module.ts': ['products/index.ts', ...inOthersMemory],
  'src/products/relaxed/module.ts': ['products/index.ts', ...inOthersMemory, '--enable', 'relaxed-simd'],
};

for (const [target, options] of Object.entries(modules)) {
  const binary = await compile(options);
  const source = `/** The WebAssembly module, made from assembly/ by compile.ts. */
export const base64 =
  '${Buffer.from(binary).toString('base64')}';
`;
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

async function compile(options: readonly string[]): Promise<Uint8Array> {
  let binary: Uint8Array | undefined;
  const { error, stderr } = await main(
    [
      ...options,
      '--outFile',
      'kernels.wasm',
      '-O3',
      '--converge',
      '--noAssert',
      '--runtime',
      'stub',
      '--enable',
      'simd',
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
