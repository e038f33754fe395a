import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { RequestError } from '../src/errors.js';
import { RequestError as fromIndex } from '../src/index.js';

const folder = fileURLToPath(new URL('..', import.meta.url));

/** How many modules of TensorFlow.js a process has loaded after importing a module. */
async function loadedBy(specifier: string): Promise<number> {
  const script = `
    await import('${specifier}');
    const { default: modules } = await import('node:module');
    console.log(Object.keys(modules._cache).filter((path) => path.includes('tensorflow')).length);`;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--conditions=@aimle/source', '--import', 'tsx', '--input-type=module', '--eval', script],
    { cwd: folder },
  );
  return Number(stdout);
}

it('the subpath of errors loads no TensorFlow.js', async () => {
  expect(await loadedBy('@aimle/training/errors')).toBe(0);
  expect(await loadedBy('@aimle/training')).toBeGreaterThan(0);
}, 120_000);

it('an error is the same class wherever it is imported from', () => {
  expect(fromIndex).toBe(RequestError);
});
