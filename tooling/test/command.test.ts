import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const root = new URL('../../', import.meta.url);

it('the command of a clone is a bin and no script, so that pnpm prints no banner before its JSON', async () => {
  const { scripts } = JSON.parse(await readFile(new URL('package.json', root), 'utf8'));
  expect(scripts.aimle).toBeUndefined();
  expect(await readFile(new URL('pnpm-workspace.yaml', root), 'utf8')).toMatch(/^useStderr: true$/m);
  const bin = new URL('node_modules/.bin/aimle', root).pathname;
  const { stdout } = await promisify(execFile)(bin, ['data', 'list', '--json'], { cwd: root });
  expect(JSON.parse(stdout).sets).not.toHaveLength(0);
});
