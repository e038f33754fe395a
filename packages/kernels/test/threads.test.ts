import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Worker } from 'node:worker_threads';
import { everyTaskInThreads } from '@aimle/testkit';
import { afterEach, describe, expect, test, vi } from 'vitest';
import * as kernelsModule from '../src/index.js';
import { kernels, type Team } from '../src/index.js';

/** More than enough to be worth threads. */
const WORK = 1e9;

/** The team of so many threads, once it is ready. */
async function teamOf(threads: number, module = kernelsModule): Promise<Team> {
  await everyTaskInThreads(module, threads);
  return module.kernels()!.team(WORK);
}

/** Uniform numbers, made in tasks of `length`. */
function uniform(team: Team, count: number, length: number, module = kernelsModule): Float32Array {
  const out = new Float32Array(count);
  const { slots } = team.reserve({ slot: [4 * length] });
  const lengthOf = (task: number) => Math.min(length, count - task * length);
  team.run({
    tasks: Math.ceil(count / length),
    perform: (calls, task, slot) => calls.fillUniform(1, 2, task * length, lengthOf(task), slots[slot]![0]!),
    finish: (task, slot) =>
      out.set(module.kernels()!.memory.floats(slots[slot]![0]!, lengthOf(task)), task * length),
  });
  return out;
}

describe('a team', () => {
  test.each([1, 2, 3])('of %i makes the numbers of one kernel call', async (threads) => {
    const team = await teamOf(threads);
    const { memory, fillUniform } = kernels()!;
    const at = memory.keep(4 * 10_000);
    fillUniform(1, 2, 0, 10_000, at);
    const whole = memory.floats(at, 10_000).slice();
    for (let round = 0; round < 20; round++) expect(uniform(team, 10_000, 64).join()).toBe(whole.join());
  });

  test('gives each thread room of its own, set up before its first task', async () => {
    const team = await teamOf(3);
    const [tasks, size] = [200, 8];
    const sums = new Float64Array(2 * tasks);
    const { shared, own, slots } = team.reserve({
      shared: [4 * size],
      own: [4 * (2 * size + 256), 4 * 1056, 4 * 40_000],
      slot: [4 * size, 4, 4 * size],
    });
    const { memory } = kernels()!;
    memory.floats(shared[0]!, size).fill(0);
    const ones: number[] = [];
    team.run({
      tasks,
      setUp: (calls) => {
        calls.setSubsets(size, 3, 3, own[0]!);
        calls.setNoise(0, 0, own[1]!);
        calls.setLayout(1, 1, 1, false, own[2]!);
        calls.forgetMagnitudes();
      },
      perform: (calls, task, slot) => {
        const [theta, states, z] = slots[slot] as [number, number, number];
        memory
          .floats(theta, size)
          .set(Float32Array.from({ length: size }, (_, j) => ((j * 5 + task) % size) / 8));
        calls.sampleStates(task, 1, 0, 0, 1, theta, z, states);
        calls.sumRows(z, 1, 2, theta);
      },
      finish: (task, slot) => {
        sums.set(memory.doubles(slots[slot]![0]!, 2), 2 * task);
        ones.push(task);
      },
    });
    expect(ones).toEqual(Array.from({ length: tasks }, (_, task) => task));
    expect(sums).toEqual(Float64Array.from({ length: 2 * tasks }, (_, i) => (i % 2 === 0 ? 6 : 12)));
  });

  test('hands an error on, and goes on working afterwards', async () => {
    const team = await teamOf(3);
    const whole = uniform(team, 10_000, 64);
    team.reserve({ slot: [16] });
    const run = (fault: () => void) =>
      team.run({ tasks: 50, perform: (calls) => calls.fillUniform(0, 0, 0, 4, 0xffff_ff00), finish: fault });
    expect(() => run(() => {})).toThrow('memory access out of bounds');
    expect(() =>
      team.run({
        tasks: 50,
        perform: (_calls, task) => {
          if (task === 40) throw new Error('stop');
        },
      }),
    ).toThrow('stop');
    expect(uniform(team, 10_000, 64)).toEqual(whole);
  });
});

/** The package as a process loads it for the first time, and the workers that it starts. */
async function fresh() {
  vi.resetModules();
  const threads = process.getBuiltinModule('node:worker_threads');
  const started: Worker[] = [];
  class Counted extends threads.Worker {
    constructor(...words: ConstructorParameters<typeof Worker>) {
      super(...words);
      started.push(this);
    }
  }
  vi.spyOn(process, 'getBuiltinModule').mockReturnValue({ ...threads, Worker: Counted } as never);
  const module = await import('../src/index.js');
  return { module, started };
}

describe('workers', () => {
  afterEach(() => {
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
    vi.unstubAllGlobals();
  });

  test('start at the first large piece of work only, and once', async () => {
    const { module, started } = await fresh();
    await module.useKernels(true, { threads: 3 });
    const { team, threads } = module.kernels()!;
    expect(threads).toBe(3);
    expect(team(1000).threads).toBe(1);
    expect(started).toHaveLength(0);
    expect(team(WORK).threads).toBe(1);
    expect(team(WORK).threads).toBe(1);
    expect(started).toHaveLength(2);
  });

  test('that end leave the work to the caller, in the middle of a job and for good', async () => {
    // Tasks of some milliseconds, so that workers are in the middle of one.
    const [tasks, size] = [12, 200_000];
    const draw = (module: typeof kernelsModule, team: Team, atTask: (task: number) => void) => {
      const digests: number[] = [];
      const { slots } = team.reserve({ slot: [4 * size] });
      team.run({
        tasks,
        perform(calls, task, slot) {
          calls.fillNormal(1, 2, size * task, size, slots[slot]![0]!);
          atTask(task);
        },
        finish: (_task, slot) =>
          digests.push(
            module
              .kernels()!
              .memory.words(slots[slot]![0]!, size)
              .reduce((a, b) => (a * 31 + b) | 0),
          ),
      });
      return digests;
    };
    const whole = draw(kernelsModule, await teamOf(1), () => {});
    for (const moment of [1, 4, 7, 11]) {
      const { module, started } = await fresh();
      const ended = draw(module, await teamOf(3, module), (task) => {
        if (task === moment) void started[0]!.terminate();
      });
      expect(ended).toEqual(whole);
      await Promise.all(started.map((worker) => worker.terminate()));
      expect(module.kernels()!.team(WORK).threads).toBe(1);
    }
  });

  test('that cannot start leave the work to the caller', async () => {
    const { module } = await fresh();
    vi.mocked(process.getBuiltinModule).mockReturnValue({
      Worker: class {
        constructor() {
          throw new Error('no permission');
        }
      },
    } as never);
    await module.useKernels(true, { threads: 2 });
    expect(module.kernels()!.team(WORK).threads).toBe(1);
    expect(module.kernels()!.team(WORK).threads).toBe(1);
  });

  test.each(['', 'process.exit(3)'])('do not keep a process alive: %s', async (end) => {
    const script = `
      import * as module from '${new URL('../src/index.ts', import.meta.url)}';
      import { everyTaskInThreads } from '${new URL('../../testkit/src/everyTaskInThreads.ts', import.meta.url)}';
      everyTaskInThreads(module, 3).then(() => {
        const team = module.kernels().team(1e9);
        const { slots } = team.reserve({ slot: [256] });
        team.run({ tasks: 99, perform: (calls, task, slot) => calls.fillUniform(1, 2, 0, 8, slots[slot][0]) });
        console.log(team.threads);
        ${end}
      });`;
    const words = ['--conditions=@aimle/source', '--import', 'tsx', '--input-type=module', '-e', script];
    const cwd = fileURLToPath(new URL('..', import.meta.url));
    const { stdout, code = 0 } = (await promisify(execFile)(process.execPath, words, { cwd }).catch(
      (error: { stdout: string; code: number }) => error,
    )) as { stdout: string; code?: number };
    expect([stdout, code]).toEqual(['3\n', end === '' ? 0 : 3]);
  });
});

interface Limits {
  readonly maximum: number;
  readonly shared?: boolean;
}

/** What the kernels use of WebAssembly. */
interface Assembly {
  readonly Memory: new (limits: Limits) => object;
  instantiate(): unknown;
  validate(): boolean;
  compile(): unknown;
}

describe('the number of threads', () => {
  afterEach(() => {
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
    vi.unstubAllGlobals();
  });

  test('is that of AIMLE_THREADS; with 1, nothing is started and no memory shared', async () => {
    vi.stubEnv('AIMLE_THREADS', '1');
    const { module, started } = await fresh();
    await module.useKernels();
    const { threads, team, memory } = module.kernels()!;
    expect([threads, team(WORK).threads]).toEqual([1, 1]);
    expect(started).toHaveLength(0);
    expect(memory.floats(memory.keep(4), 1).buffer).toBeInstanceOf(ArrayBuffer);
  });

  test.each(['0', '1.5', 'many'])('is a whole number: AIMLE_THREADS=%s', async (threads) => {
    vi.stubEnv('AIMLE_THREADS', threads);
    const { module } = await fresh();
    await expect(module.useKernels()).rejects.toThrow(
      `AIMLE_THREADS must be a whole number of at least 1, got ${threads}`,
    );
  });

  test('stays what it is until another one is asked for', async () => {
    const { module } = await fresh();
    await module.useKernels(true, { threads: 3 });
    await module.useKernels(false);
    await module.useKernels();
    expect(module.kernels()!.threads).toBe(3);
    await module.useKernels(true, { threads: 2 });
    expect(module.kernels()!.threads).toBe(2);
    await expect(module.useKernels(true, { threads: 0 })).rejects.toThrow(
      'useKernels: threads must be an integer in [1, 64], got 0',
    );
  });

  test('is that of the last of two calls that overlap', async () => {
    const { module } = await fresh();
    await Promise.all([module.useKernels(true, { threads: 3 }), module.useKernels(true, { threads: 1 })]);
    expect(module.kernels()!.threads).toBe(1);
    await Promise.all([module.useKernels(true, { threads: 2 }), module.useKernels(false)]);
    expect(module.kernels()).toBe(null);
  });

  test('is 1 in a page that is not isolated', async () => {
    vi.stubGlobal('crossOriginIsolated', false);
    const { module } = await fresh();
    await module.useKernels(true, { threads: 4 });
    expect(module.kernels()!.threads).toBe(1);
  });

  test('is 1 where memory cannot be shared; where 4 GiB cannot be reserved, 1 GiB is', async () => {
    const { WebAssembly } = globalThis as unknown as { WebAssembly: Assembly };
    const asked: number[] = [];
    const most = { shared: 0 };
    class Limited extends WebAssembly.Memory {
      constructor(limits: Limits) {
        if (limits.shared) asked.push(limits.maximum);
        if (limits.shared && limits.maximum > most.shared) throw new RangeError('could not allocate memory');
        super(limits);
      }
    }
    const { instantiate, validate, compile } = WebAssembly;
    vi.stubGlobal('WebAssembly', { Memory: Limited, instantiate, validate, compile });
    for (const [shared, threads] of [
      [0, 1],
      [16_384, 2],
    ] as const) {
      most.shared = shared;
      const { module } = await fresh();
      await module.useKernels(true, { threads: 2 });
      expect(module.kernels()!.threads).toBe(threads);
    }
    expect(asked).toEqual([65_536, 16_384, 65_536, 16_384]);
  });
});
