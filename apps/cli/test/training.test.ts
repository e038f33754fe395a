import { existsSync } from 'node:fs';
import { access, readdir, readFile, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { folderStore } from '@aimle/training';
import { describe, expect, it, vi } from 'vitest';
import { cli, freshFolder, tiny } from './spawnCli.js';

/** The lines of a run's metrics, without the times. */
async function metricsOf(folder: string): Promise<string[]> {
  const text = await readFile(join(folder, 'metrics.jsonl'), 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((line) => line.replace(/,"seconds":[\d.e-]+/, ''));
}

/** Has Node load a network on which every request waits until it is given up. */
const silentNetwork = `--import=data:text/javascript,${encodeURIComponent(`
  globalThis.fetch = (_, { signal }) => new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason));
  });
`)}`;

describe('train dvae', () => {
  it('trains, writes the run and its page, and ends with what to do next', async () => {
    const cwd = await freshFolder();
    const { code, stdout, stderr } = await cli([...tiny, '--steps', '3'], {
      cwd,
      env: { AIMLE_ENGINE: '' },
    });
    expect(code, stderr).toBe(0);
    const [run] = await readdir(join(cwd, 'runs'));
    expect(run).toMatch(/^dvae-aimle-\d{8}-\d{6}$/);
    expect(await readdir(join(cwd, 'runs', run!))).toEqual(
      expect.arrayContaining(['checkpoints', 'config.json', 'figures.json', 'metrics.jsonl', 'report.html']),
    );
    expect(stdout).toContain('Done: 3 steps');
    expect(stdout).toMatch(/negative elbo +[\d.]+/);
    expect(stdout).toContain(`evaluate runs/${run}`);
    expect(stderr).toMatch(
      /^engine: wasm .*\nnative is not usable: .*; to get it:\n {2}npx -y pnpm@10 aimle engine install native\n/,
    );
    expect(stdout).toContain(`npx -y pnpm@10 aimle evaluate runs/${run}`);
    const page = await readFile(join(cwd, 'runs', run!, 'report.html'), 'utf8');
    expect(page).toContain('--steps 3');
  });

  it('prints the summary alone with --json, and evaluate prints the same numbers', async () => {
    const run = join(await freshFolder(), 'run');
    const trained = await cli([...tiny, '--steps', '3', '--seed', '7', '--run', run, '--json'], {
      apart: true,
    });
    const summary = JSON.parse(trained.stdout);
    expect(summary).toMatchObject({
      task: 'dvae',
      method: 'aimle',
      run,
      engine: 'wasm',
      seed: 7,
      steps: 3,
      epochs: 0,
    });
    expect(summary.metrics.test).toEqual({
      negative_elbo: expect.any(Number),
      bce: expect.any(Number),
      kl: expect.any(Number),
      official_loss: expect.any(Number),
    });
    const evaluated = await cli(['evaluate', run, '--json']);
    expect(JSON.parse(evaluated.stdout).metrics.test).toEqual(summary.metrics.test);
    expect(evaluated.code).toBe(0);
  });

  it('evaluates runs of several seeds together, and no others', async () => {
    const folder = await freshFolder();
    const trained = async (name: string, ...more: string[]) => {
      const { stdout } = await cli([...tiny, '--steps', '1', ...more, '--run', join(folder, name), '--json']);
      return JSON.parse(stdout).metrics.test.bce as number;
    };
    const [one, two] = [await trained('one', '--seed', '1'), await trained('two', '--seed', '2')];
    await trained('three', '--seed', '1', '--method', 'straight-through');
    const runs = [join(folder, 'one'), join(folder, 'two')];

    const { test, runs: summaries } = JSON.parse((await cli(['evaluate', ...runs, '--json'])).stdout);
    expect(summaries.map(({ seed }: { seed: number }) => seed)).toEqual([1, 2]);
    expect(test.bce.runs).toBe(2);
    expect(test.bce.mean).toBeCloseTo((one + two) / 2, 6);
    expect(test.bce.standardError).toBeCloseTo(Math.abs(one - two) / 2, 6);
    const { stdout } = await cli(['evaluate', ...runs]);
    expect(stdout).toMatch(/test +seed 1 +seed 2 +mean/);
    expect(stdout).toMatch(/bce +[\d.]+ +[\d.]+ +[\d.]+ ± [\d.]+/);

    const unlike = await cli(['evaluate', ...runs, join(folder, 'three')]);
    expect(unlike.code).toBe(2);
    expect(unlike.stderr).toContain('must differ in their seed only');
    expect(unlike.stderr).toContain('differ in method');
    const twice = await cli(['evaluate', runs[0]!, runs[0]!]);
    expect(twice.code).toBe(2);
    expect(twice.stderr).toContain('have the same seed, 1; leave one out');
  });

  it('stops at Ctrl-C with everything saved, and resumes to the numbers of a run that was not stopped', async () => {
    const folder = await freshFolder();
    const options = ['--epochs', '40', '--set', 'testCount=1'];
    const whole = await cli([...tiny, ...options, '--run', join(folder, 'whole')]);
    expect(whole.code, whole.stderr).toBe(0);

    const run = join(folder, 'stopped');
    const stopped = await cli([...tiny, ...options, '--run', run, '--json'], { interruptAt: 'epoch  2/40' });
    expect(stopped.code, stopped.stderr).toBe(130);
    const { steps, interrupted } = JSON.parse(stopped.stdout);
    expect(interrupted).toBe(true);
    expect(steps).toBeLessThan(240);
    expect(stopped.stderr).toMatch(new RegExp(`\\bstep ${steps}\\b`));
    expect(stopped.stderr).toContain(`npx -y pnpm@10 aimle train dvae --resume ${run}`);
    await access(join(run, 'report.html'));

    const resumed = await cli(['train', 'dvae', '--resume', run, '--json']);
    expect(resumed.code, resumed.stderr).toBe(0);
    expect(JSON.parse(resumed.stdout).steps).toBe(240);
    expect(await metricsOf(run)).toEqual(await metricsOf(join(folder, 'whole')));
  });

  it('says at Ctrl-C during the download of the data that nothing was trained, and begins again when asked', async () => {
    const run = join(await freshFolder(), 'run');
    const argv = [...tiny, '--data', 'auto', '--run', run];
    const stopped = await cli(argv, { env: { NODE_OPTIONS: silentNetwork }, interruptAt: 'Downloading' });
    expect(stopped).toMatchObject({ code: 130, stdout: '' });
    expect(stopped.stderr).toMatch(
      /\nStopping\. [^\n]*Ctrl-C again[^\n]*\n[^\n]*nothing was trained[^\n]*\n$/,
    );
    const again = await cli([...tiny, '--steps', '1', '--run', run]);
    expect(again.code, again.stderr).toBe(0);
  });

  it('refuses to change anything but the length of a resumed run', async () => {
    const run = join(await freshFolder(), 'run');
    await cli([...tiny, '--steps', '2', '--run', run]);
    const changed = await cli(['train', 'dvae', '--resume', run, '--seed', '1']);
    expect(changed).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--seed cannot change in a resumed run'),
    });
    const longer = await cli(['train', 'dvae', '--resume', run, '--epochs', '1', '--json']);
    expect(JSON.parse(longer.stdout)).toMatchObject({ steps: 6, epochs: 1 });
  });

  it('refuses a run whose settings were changed in config.json, with exit code 2', async () => {
    const run = join(await freshFolder(), 'run');
    await cli([...tiny, '--steps', '2', '--run', run]);
    const path = join(run, 'config.json');
    const record = JSON.parse(await readFile(path, 'utf8'));
    await writeFile(path, JSON.stringify({ ...record, config: { ...record.config, learningRate: 0.5 } }));
    for (const argv of [
      ['evaluate', run],
      ['train', 'dvae', '--resume', run, '--steps', '4'],
    ]) {
      const { code, stdout, stderr } = await cli(argv);
      expect(stderr).toMatch(/aimle: .*config\.json .*: learningRate was .*, now 0\.5; restore/);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    }
  });

  it('refuses a run that another process is training, with exit code 2, and changes nothing', async () => {
    const run = join(await freshFolder(), 'run');
    await cli([...tiny, '--steps', '2', '--run', run]);
    const unlock = await folderStore(run).lock!();
    const contents = async () =>
      Promise.all(
        (await readdir(run)).sort().map(async (name) => [name, (await stat(join(run, name))).mtimeMs]),
      );
    const before = await contents();
    for (const argv of [
      [...tiny, '--steps', '2', '--run', run],
      ['train', 'dvae', '--resume', run, '--steps', '4'],
    ]) {
      const { code, stdout, stderr } = await cli(argv);
      expect(stderr).toContain(`is in use by another training: process ${process.pid} on`);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    }
    expect(await contents()).toEqual(before);
    await unlock();
  });

  it('tells of a checkpoint that was cut in half, and leaves the run as it is', async () => {
    const run = join(await freshFolder(), 'run');
    await cli([...tiny, '--steps', '2', '--run', run]);
    const checkpoints = join(run, 'checkpoints');
    for (const name of await readdir(checkpoints)) await truncate(join(checkpoints, name), 700);
    const before = await metricsOf(run);
    for (const argv of [
      ['evaluate', run],
      ['train', 'dvae', '--resume', run, '--steps', '4'],
    ]) {
      const { code, stdout, stderr } = await cli(argv);
      expect(stderr).toMatch(/aimle: .*\.safetensors is damaged/);
      expect(stderr).not.toContain('    at ');
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    }
    expect(await metricsOf(run)).toEqual(before);
  });

  it('tells of a run directory that cannot be made', async () => {
    const folder = await freshFolder();
    await writeFile(join(folder, 'file'), '');
    const { code, stderr } = await cli([...tiny, '--steps', '1', '--run', join(folder, 'file', 'run')]);
    expect(stderr).toContain('a part of that path is a file; choose another folder');
    expect(code).toBe(2);
  });

  it('tells of a folder that may not be written', async () => {
    const argv = [...tiny, '--steps', '1', '--run', '/aimle-may-not-write-here'];
    const { code, stderr } = await cli(argv, { cwd: '/', unprivileged: true });
    expect(stderr).toContain('permission denied; choose a folder that you may write to');
    expect(code).toBe(2);
  });

  it('refuses a folder that holds a run already', async () => {
    const run = join(await freshFolder(), 'run');
    await cli([...tiny, '--steps', '1', '--run', run]);
    const again = await cli([...tiny, '--steps', '1', '--run', run]);
    expect(again).toMatchObject({ code: 2, stderr: expect.stringContaining('already holds a run') });
  });
});

describe('report', () => {
  it('sets several runs side by side', async () => {
    const cwd = await freshFolder();
    await cli([...tiny, '--steps', '2', '--run', 'first'], { cwd });
    await cli([...tiny, '--steps', '2', '--method', 'straight-through', '--run', 'second'], { cwd });
    const { code, stdout } = await cli(['report', 'first', 'second', '--json'], { cwd });
    expect({ code, answer: JSON.parse(stdout) }).toEqual({
      code: 0,
      answer: { report: 'comparison.html', runs: ['first', 'second'] },
    });
    expect(await readFile(join(cwd, 'comparison.html'), 'utf8')).toContain('by AIMLE, straight-through');
  });
});

describe('bench', () => {
  const benched = async (cases: string) => {
    const { code, stdout, stderr } = await cli(['bench', '--cases', cases, '--json']);
    expect(code).toBe(0);
    const lines = stdout.trim().split('\n');
    return { stderr, lines: lines.map((line) => JSON.parse(line) as Record<string, unknown>) };
  };

  it('prints one line a case with the fields that scripts rely on', async () => {
    const { lines } = await benched('op/topk-l2x');
    expect(lines).toEqual([
      {
        case: 'op/topk-l2x-gumbel',
        ms: expect.any(Number),
        min_ms: expect.any(Number),
        engine: 'wasm',
        threads: 1,
        memory_mb: expect.any(Number),
      },
    ]);
    expect(lines[0]!['min_ms']).toBeLessThanOrEqual(lines[0]!['ms'] as number);
  });

  it('takes a full name for that case alone, and not for those that begin with it', async () => {
    expect((await benched('op/topk-dvae-gumbel')).lines.map((line) => line['case'])).toEqual([
      'op/topk-dvae-gumbel',
    ]);
  });

  it('lists the names of cases without timing them', async () => {
    const { code, stdout } = await cli(['bench', '--cases', 'op/t', '--list']);
    expect(code).toBe(0);
    const names = stdout.trim().split('\n');
    expect(names).toContain('op/tree-nri-sog');
    expect(names.every((name) => name.startsWith('op/t'))).toBe(true);
  });

  it("reports the peak of the process's memory, and not what it uses now", async () => {
    const { resourceUsage } = process;
    vi.spyOn(process, 'resourceUsage').mockImplementation(() => ({ ...resourceUsage(), maxRSS: 5e6 }));
    try {
      expect((await benched('random/uniform')).lines[0]!['memory_mb']).toBe(5120);
    } finally {
      vi.restoreAllMocks();
    }
  });

  it('starts no engine for random numbers', async () => {
    const { stderr, lines } = await benched('random/');
    expect(stderr).toBe('');
    expect(lines.map((line) => line['case'])).toContain('random/gumbel');
    expect(new Set(lines.map((line) => line['engine']))).toEqual(new Set(['none']));
  });
});

describe('output that nobody reads', () => {
  it('is no error', async () => {
    const { code, stderr } = await cli(['train', 'dvae', '--help'], { hangUp: true });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  it.skipIf(!existsSync('/dev/full'))('says that the disk is full, without a stack', async () => {
    const outcome = await cli(['data', 'list', '--json'], { fullStdout: true });
    expect(outcome).toEqual({
      code: 1,
      stdout: '',
      stderr: 'aimle: cannot write the result to stdout: the disk is full; free some space\n',
    });
  });
});
