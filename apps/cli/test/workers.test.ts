import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cli, freshFolder, tiny } from './spawnCli.js';

async function lossesOf(folder: string): Promise<number[]> {
  const lines = (await readFile(join(folder, 'metrics.jsonl'), 'utf8')).trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line)).flatMap(({ kind, loss }) => (kind === 'step' ? [loss] : []));
}

test('--workers shares the steps, and one worker may resume what they began', async () => {
  const cwd = await freshFolder();
  const train = (...more: string[]) => cli([...tiny, ...more], { cwd, env: { AIMLE_ENGINE: '' } });
  await train('--steps', '4', '--run', 'one');
  const { code, stdout, stderr } = await train(
    '--steps',
    '3',
    '--run',
    'two',
    '--workers',
    '2',
    '--engine',
    'wasm',
  );
  expect(stdout).toMatch(/train dvae --resume two --epochs \d+ --engine wasm --workers 2\n/);
  expect(code, stderr).toBe(0);
  expect(stderr).toContain('on wasm by 2 workers');
  const resumed = await cli(['train', 'dvae', '--resume', 'two', '--steps', '4'], {
    cwd,
    env: { AIMLE_ENGINE: '' },
  });
  expect(resumed.stderr).toContain('The run used 2 workers and continues with 1');
  const [one, two] = [await lossesOf(join(cwd, 'one')), await lossesOf(join(cwd, 'two'))];
  expect(two.length).toBe(4);
  for (const [i, loss] of one.entries()) expect(two[i]).toBeCloseTo(loss, 2);
  const { workers, resumed: later } = JSON.parse(await readFile(join(cwd, 'two', 'config.json'), 'utf8'));
  expect([workers, later[0].workers]).toEqual([2, 1]);
});

test('--workers refuses what cannot be shared, with exit code 2', async () => {
  const refusals: [argv: string[], message: string][] = [
    [[...tiny, '--workers', '0'], '--workers must be an integer of at least 1, got "0"'],
    [
      [...tiny, '--workers', '2', '--engine', 'cpu', '--workers', '300'],
      'workers must be an integer in [1, 256], got 300',
    ],
    [
      ['train', 'l2x', '--method', 'simple', '--workers', '2'],
      'l2x: workers must be 1 here, got 2: the method simple draws',
    ],
  ];
  for (const [argv, message] of refusals) {
    const { code, stderr } = await cli(argv);
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
  }
});
