/**
 * Compiles assembly/ into src/module.ts, which is committed: nobody needs the compiler to use or to test this package.
 * With --check it writes nothing, and fails if the committed module is not what the sources give.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { main } from 'assemblyscript/asc';

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

const source = `/** The WebAssembly module, made from assembly/ by compile.ts. */
export const base64 =
  '${Buffer.from(binary).toString('base64')}';
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
