import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inProcess } from './inProcess.js';
import { freshFolder } from './spawnCli.js';

describe('the completion of bash', () => {
  it.each([
    [['tr'], 'train'],
    [['train', ''], 'dvae l2x nri path'],
    [['train', 'dvae', '--me'], '--method'],
    [['train', 'dvae', '--method', ''], 'aimle imle straight-through'],
    [['train', 'nri', '--structure', 't'], 'tree top-k'],
    [['train', 'dvae', '--set', 'batch'], 'batchSize='],
    [['train', 'dvae', '--epochs', ''], ''],
    [['evaluate', '--engine', 'w'], 'wasm webgpu'],
    [['evaluate', ''], ''],
  ])('after aimle %j offers %j', async (words, expected) => {
    const { code, stdout } = await inProcess(['completion', 'bash']);
    expect(code).toBe(0);
    const file = join(await freshFolder(), 'aimle.bash');
    const call = `COMP_WORDS=(aimle ${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length}; _aimle`;
    await writeFile(file, `${stdout}\n${call}; echo "\${COMPREPLY[*]}"\n`);
    expect(execFileSync('bash', [file], { encoding: 'utf8' }).trim()).toBe(expected);
  });

  it('has a sibling for zsh and for fish, and for no other shell', async () => {
    expect((await inProcess(['completion', 'zsh'])).stdout).toMatch(/^#compdef aimle\n.*'aimle' 'imle'/s);
    expect((await inProcess(['completion', 'fish'])).stdout).toMatch(/complete -c aimle .* -l method -x -a/);
    const { code, stderr } = await inProcess(['completion', 'tcsh']);
    expect({ code, stderr }).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('one of bash, zsh, fish'),
    });
  });
});
