import { discreteVae } from '@aimle/discrete-vae';
import type { EngineReport } from '@aimle/engine';
import { describe, expect, it } from 'vitest';
import { engineChoice } from '../src/engineChoice.js';
import { dashed } from '../src/options/taskSettings.js';
import { inProcess } from './inProcess.js';
import { cli, tiny } from './spawnCli.js';

describe('help', () => {
  it('lists the commands, on stdout', async () => {
    const { code, stdout, stderr } = await cli(['--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const command of [
      'doctor',
      'data',
      'engine',
      'train',
      'evaluate',
      'explain',
      'predict',
      'report',
      'gradients',
      'reproduce',
      'bench',
    ]) {
      expect(stdout).toMatch(new RegExp(`^  ${command}\\b`, 'm'));
    }
  });

  it('is what a call without arguments gets', async () => {
    const [bare, asked] = await Promise.all([cli([], { apart: true }), cli(['--help'], { apart: true })]);
    expect(bare).toEqual(asked);
  });

  it('names the defaults that the presets have', async () => {
    const help = (await cli(['train', 'dvae', '--help'])).stdout.replace(/\s+/g, ' ');
    const { quick, paper } = discreteVae.presets;
    for (const name of ['epochs', 'perturbation', 'data'] as const) {
      const defaults = `default: ${quick[name]} in quick, ${paper[name]} in paper`;
      expect(help).toMatch(new RegExp(`--${name} <[^<]*\\(${defaults}\\)`));
    }
    for (const name of ['method', 'samples', 'noise', 'lambda', 'officialCode', 'seed'] as const) {
      expect(quick[name]).toBe(paper[name]);
      expect(help).toMatch(new RegExp(`${dashed(name)} <[^<]*\\(default: ${quick[name]}\\)`));
    }
    expect(help).toMatch(/By --set NAME=VALUE: .* k bits of a code that are on \(default: 10\)/);
  });
});

describe('a wrong request', () => {
  it.each([
    [['trian'], "unknown command 'trian'; did you mean train?"],
    [['train', 'l2y'], "unknown command 'l2y'; did you mean l2x?"],
    [
      ['train', 'nri', '--lambda', '1', '--method', 'straight-through'],
      '--lambda does nothing with --method straight-through, only with aimle, imle',
    ],
    [['train', 'nri', '--frames', '1'], '--frames must be an integer of at least 2, got "1"'],
    [['train', 'dvae', '--lr', '0.1'], "unknown option '--lr'; did you mean --set learningRate=0.1?"],
    [['train', 'nri', '--learning-rate=1'], 'did you mean --set learningRate=1?'],
    [['train', 'l2x', '--batch-size', '8'], 'did you mean --set batchSize=8?'],
    [['train', 'dvae', '--constructor', '1'], "unknown option '--constructor'"],
    [['train', 'dvae', '--set', 'toString=1'], '--set has no setting toString'],
    [['train', 'dvae', '--batchsize'], 'did you mean --set batchSize=VALUE?'],
    [['train', 'dvae', '--device', 'gpu'], 'did you mean --engine?'],
    [['train', 'dvae', '--set', 'lr=1'], '--set has no setting lr; did you mean learningRate?'],
    [['train', 'dvae', '--data', 'mnits'], 'did you mean mnist?'],
    [['evaluate', 'run', '--jsn'], "unknown option '--jsn'; did you mean --json?"],
    [['train', 'dvae', '--epoch', '2'], "unknown option '--epoch'; did you mean --epochs?"],
    [['train', 'dvae', 'more'], 'too many arguments'],
    [['evaluate'], "missing required argument 'run'"],
    [
      ['train', 'dvae', '--method', 'aimel'],
      '--method must be one of aimle, imle, straight-through, got "aimel"; did you mean aimle?',
    ],
    [['train', 'dvae', '--epochs', 'ten'], '--epochs must be an integer of at least 1, got "ten"'],
    [['train', 'dvae', '--seed=-1'], '--seed must be an integer in [0, 9007199254740991], got "-1"'],
    [['train', 'dvae', '--samples', ''], '--samples must be an integer of at least 1, got ""'],
    [['train', 'dvae', '--lambda', '0'], '--lambda must be a finite number above 0, got "0"'],
    [['train', 'dvae', '--lambda', '1', '--perturbation', 'paper'], 'leave one out'],
    [
      ['train', 'dvae', '--lambda', '1', '--method', 'straight-through'],
      '--lambda does nothing with --method straight-through, only with aimle, imle',
    ],
    [
      ['train', 'dvae', '--method', 'imle', '--perturbation', 'paper'],
      '--perturbation does nothing with --method imle, only with aimle; leave one out',
    ],
    [['train', 'dvae', '--set', 'batchsize=4'], '--set has no setting batchsize; did you mean batchSize?'],
    [['train', 'dvae', '--set', 'batchSize'], '--set must be NAME=VALUE'],
    [['train', 'dvae', '--set', 'hidden=a,b'], '--set hidden must be two integers of at least 1, got "a,b"'],
    [['train', 'dvae', '--set', 'noise=none'], 'use --noise none'],
    [['train', 'dvae', '--resume', 'nowhere'], 'nowhere holds no run'],
    [['evaluate', 'nowhere'], 'nowhere holds no run'],
    [['report', 'nowhere'], 'nowhere holds no run'],
    [['bench', '--cases', 'op/none'], 'got "op/none"; there are op/topk-dvae-sog'],
    [['data', 'get', 'mnits'], 'did you mean mnist?'],
  ])('%j is reported in one message, with exit code 2', async (argv, message) => {
    const { code, stdout, stderr } = await inProcess(argv);
    expect(stderr).toContain(message);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  it('ends the process with that code', async () => {
    const { code, stdout, stderr } = await cli(['train', 'dvae', '--epochs', 'ten'], { apart: true });
    expect({ code, stdout, stderr }).toEqual({
      code: 2,
      stdout: '',
      stderr: 'aimle: --epochs must be an integer of at least 1, got "ten"\n',
    });
  });

  it('tells of every wrong value at once', async () => {
    const { stderr } = await inProcess(['train', 'dvae', '--epochs', 'ten', '--noise', 'loud']);
    expect(stderr).toMatch(/--epochs must be an integer .*\n--noise must be one of /);
  });

  it('is shown the commands where only their group is named', async () => {
    const { code, stdout, stderr } = await inProcess(['data']);
    expect(stderr).toMatch(/^Usage: aimle data .*verify \[options\] <name>/s);
    expect(stderr).not.toContain('aimle: ');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });

  it('names the setting that does not fit, whether an option sets it or --set', async () => {
    const { code, stderr } = await cli([...tiny, '--set', 'k=9']);
    expect(stderr).toContain('aimle: dvae: k must be at most codeSize, 6, got 9');
    expect(code).toBe(2);
  });

  it('names the engines where AIMLE_ENGINE is wrong', async () => {
    const { code, stderr } = await cli([...tiny, '--steps', '1'], { env: { AIMLE_ENGINE: 'gpu' } });
    expect(stderr).toContain('AIMLE_ENGINE must be one of auto');
    expect(code).toBe(2);
  });
});

describe('doctor', () => {
  it('reports every engine of Node, the data and the versions as one document', async () => {
    const { code, stdout } = await cli(['doctor', '--json']);
    const found = JSON.parse(stdout);
    expect(found.engines.map(({ name }: { name: string }) => name)).toEqual([
      'native',
      'wasm',
      'webgpu',
      'cpu',
    ]);
    const wasm = found.engines[1];
    expect(wasm).toMatchObject({ usable: true, backend: 'wasm' });
    expect(wasm.selfTest.every(({ passed }: { passed: boolean }) => passed)).toBe(true);
    expect(found.versions.node).toBe(process.versions.node);
    expect(found.data.sets).toContainEqual(expect.objectContaining({ name: 'mnist' }));
    expect(found.chosen).toBe('wasm');
    expect(found.kernels).toBe(process.env['AIMLE_KERNELS'] !== 'off');
    expect(found.engines[0].remedy).toBe('npx -y pnpm@10 aimle engine install native');
    expect(code).toBe(0);
  });
});

describe('the engine that training takes', () => {
  const report = (name: EngineReport['name'], usable: boolean): EngineReport => {
    return { name, usable, backend: name, version: '1', threads: 1, shims: [], selfTest: [], skipped: [] };
  };
  const engines = [report('native', false), report('wasm', true), report('cpu', true)];

  it.each([undefined, '', 'auto'])('is the first that works where AIMLE_ENGINE is %j', (named) => {
    expect(engineChoice(engines, named)).toEqual({ chosen: 'wasm', problem: null });
  });

  it('is webgpu on request only', () => {
    const without = [
      report('native', false),
      report('wasm', false),
      report('webgpu', true),
      report('cpu', true),
    ];
    expect(engineChoice(without)).toEqual({ chosen: 'cpu', problem: null });
    expect(engineChoice(without, 'webgpu')).toEqual({ chosen: 'webgpu', problem: null });
  });

  it('is the one that AIMLE_ENGINE names', () => {
    expect(engineChoice(engines, 'cpu')).toEqual({ chosen: 'cpu', problem: null });
  });

  it('is none, with the reason, where that one is unknown or not usable', () => {
    expect(engineChoice(engines, 'gpu')).toEqual({
      chosen: null,
      problem: 'AIMLE_ENGINE is "gpu", which is not an engine of Node; there are auto, native, wasm, cpu',
    });
    expect(engineChoice(engines, 'native')).toEqual({
      chosen: null,
      problem: 'AIMLE_ENGINE is "native", which is not usable, so training will fail',
    });
  });

  it('is marked by doctor, and a wrong AIMLE_ENGINE is reported there', async () => {
    const [auto, wrong] = await Promise.all([
      cli(['doctor'], { env: { AIMLE_ENGINE: 'auto' } }),
      cli(['doctor'], { env: { AIMLE_ENGINE: 'gpu' } }),
    ]);
    expect(auto.stdout).toMatch(/^> wasm /m);
    expect(wrong.stdout).not.toMatch(/^> /m);
    expect(wrong.stdout).toContain('AIMLE_ENGINE is "gpu", which is not an engine of Node');
  });
});

describe('data', () => {
  it('lists what is available and says that it is absent', async () => {
    const { code, stdout } = await cli(['data', 'list', '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      sets: [
        { name: 'mnist', state: 'missing' },
        { name: 'digits', state: 'generated' },
        { name: 'beer-advocate', state: 'missing' },
        { name: 'reviews-synthetic', state: 'generated' },
        { name: 'terrain', state: 'generated' },
        { name: 'graph-layout', state: 'missing' },
      ],
    });
  });
});
