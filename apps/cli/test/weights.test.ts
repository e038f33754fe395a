import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readSafetensors, writeNpy } from '@aimle/datasets';
import { beforeAll, describe, expect, it } from 'vitest';
import { cli, freshFolder, tiny } from './spawnCli.js';

let cwd = '';
beforeAll(async () => {
  cwd = await freshFolder();
  const { code, stderr } = await cli([...tiny, '--steps', '2', '--run', 'one'], { cwd });
  expect(code, stderr).toBe(0);
  await mkdir(join(cwd, 'full.safetensors/inside'), { recursive: true });
});

describe('weights', () => {
  it('go out as safetensors under PyTorch names, and another run begins with them', async () => {
    const { code, stdout } = await cli(['export', 'one', 'w.safetensors', '--json'], { cwd });
    expect(code).toBe(0);
    expect(JSON.parse(stdout).weights['encoder.linear1.weight']).toEqual([24, 784]);
    const { tensors, metadata } = readSafetensors(new Uint8Array(await readFile(join(cwd, 'w.safetensors'))));
    expect(metadata).toMatchObject({ format: 'pt', task: 'dvae' });
    expect([...tensors.keys()]).toContain('decoder.linear3.bias');
    // So small a step that the weights stay as they are.
    const still = ['--set', 'learningRate=1e-30', '--steps', '1'];
    const begun = await cli([...tiny, ...still, '--init', 'w.safetensors', '--run', 'two', '--json'], {
      cwd,
    });
    const evaluated = await cli(['evaluate', 'one', '--json'], { cwd });
    expect(JSON.parse(begun.stdout).metrics.test).toEqual(JSON.parse(evaluated.stdout).metrics.test);
    expect(JSON.parse(await readFile(join(cwd, 'two/config.json'), 'utf8')).init).toMatch(/w\.safetensors$/);
  });

  it.each([
    [['export', 'one', 'w.bin'], 'must be a .safetensors file'],
    [['export', 'one', 'none/w.safetensors'], 'there is no folder none for none/w.safetensors'],
    [['export', 'one', 'full.safetensors'], 'full.safetensors cannot be written: '],
    [['train', 'dvae', '--config', 'one'], '--config: one cannot be read: '],
    [[...tiny, '--init', 'one'], '--init: one cannot be read: '],
    [[...tiny, '--init', 'none.safetensors'], 'there is no file none.safetensors'],
    [
      [...tiny, '--init', 'one/checkpoints/last.safetensors', '--set', 'codes=4'],
      'encoder.linear3.weight must have shape [24, 16], got [18, 16]',
    ],
    [['train', 'dvae', '--resume', 'one', '--init', 'w.safetensors'], '--init is for a new run'],
  ])('%j is refused', async (argv, message) => {
    const { code, stderr } = await cli(argv, { cwd });
    expect(stderr).toContain(message);
    expect(code).toBe(2);
  });
});

describe('a damaged last checkpoint', () => {
  it('is told of by the commands that use the one before', async () => {
    const begun = await cli([...tiny, '--epochs', '1', '--set', 'validationCount=0', '--run', 'cut'], {
      cwd,
    });
    expect(begun.code, begun.stderr).toBe(0);
    const [last, previous] = ['last', 'previous'].map((name) =>
      join(cwd, `cut/checkpoints/${name}.safetensors`),
    );
    await copyFile(last!, previous!);
    await writeFile(last!, (await readFile(last!)).subarray(0, 1000));
    const images = { dtype: 'u1', shape: [1, 28, 28], data: new Uint8Array(784) } as const;
    await writeFile(join(cwd, 'one.npy'), writeNpy(images));
    for (const argv of [
      ['export', 'cut', 'cut.safetensors'],
      ['predict', 'dvae', 'cut', 'one.npy'],
    ]) {
      const { code, stderr } = await cli(argv, { cwd });
      expect(stderr).toMatch(/last\.safetensors.*The previous checkpoint, of step 6, is used\./);
      expect(code).toBe(0);
    }
  });
});

describe('settings in a file', () => {
  const write = (content: unknown) =>
    writeFile(join(cwd, 's.json'), typeof content === 'string' ? content : JSON.stringify(content));
  const settingsOf = async (run: string) => JSON.parse(await readFile(join(cwd, run, 'config.json'), 'utf8'));

  it('change the preset, options override them, and a run lends its own', async () => {
    await write({ learningRate: 5e-4, lambda: 2, steps: 9 });
    const { code, stderr } = await cli([...tiny, '--config', 's.json', '--steps', '1', '--run', 'three'], {
      cwd,
    });
    expect(code, stderr).toBe(0);
    const { config, preset } = await settingsOf('three');
    expect(config).toMatchObject({
      learningRate: 5e-4,
      lambda: 2,
      perturbation: 'fixed',
      steps: 1,
      codes: 3,
    });
    expect(preset).toBeNull();
    await cli(['train', 'dvae', '--config', 'three/config.json', '--seed', '4', '--run', 'four'], { cwd });
    expect((await settingsOf('four')).config).toEqual({ ...config, seed: 4 });
  });

  it.each(['quick', 'paper'])('of a run take no preset, not even %s', async (preset) => {
    const { code, stderr } = await cli(
      ['train', 'dvae', '--config', 'one/config.json', '--preset', preset, '--run', 'five'],
      { cwd },
    );
    expect(stderr).toContain('--preset does nothing with one/config.json');
    expect(code).toBe(2);
  });

  it.each([
    [{ lr: 1 }, 's.json: there is no setting lr; did you mean learningRate?'],
    [{ epochs: '3' }, 's.json: epochs must be an integer of at least 1, got "3"'],
    [{ method: 'straight-through', lambda: 1 }, 's.json: lambda does nothing with method straight-through'],
    [[1], 's.json must hold an object of settings'],
    ['{"epochs": 1, "epochs": 2}', 's.json must be JSON: "epochs" is given twice'],
    ['{"__proto__": "a", "x": 1}', 's.json: there is no setting __proto__'],
  ])('that are wrong are named with the file: %j', async (content, message) => {
    await write(content);
    const { code, stderr } = await cli(['train', 'dvae', '--config', 's.json'], { cwd });
    expect(stderr).toContain(message);
    expect(code).toBe(2);
  });
});
