import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { fillGumbel, key } from '@aimle/random';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { assignment, type Context, chain, custom, knapsack, type Solver, topK } from '../src/index.js';
import { workerFlags } from '../src/threads/workerFlags.js';
import { inThreads, type ModuleRecipe, type ThreadedSolver } from '../src/threads.js';
import { picky } from './fixtures/threadSolvers.js';

const fixtures = new URL('./fixtures/threadSolvers.ts', import.meta.url).href;
const own = (name: string, options?: unknown): ModuleRecipe => ({ module: fixtures, export: name, options });

const made: ThreadedSolver[] = [];
async function threaded(source: Solver | ModuleRecipe, threads = 2): Promise<ThreadedSolver> {
  const solver = await inThreads(source, { threads });
  made.push(solver);
  return solver;
}
afterEach(() => {
  for (const solver of made.splice(0)) solver.dispose();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

function scores(solver: Solver, rows: number): Float32Array {
  const theta = new Float32Array(rows * solver.size);
  fillGumbel(key(rows), theta);
  return theta;
}

function answer(solver: Solver, theta: Float32Array, context?: Context): Float32Array {
  const z = new Float32Array(theta.length).fill(NaN);
  solver.solve(theta, z, theta.length / solver.size, context);
  return z;
}

/** What is thrown, whole: in threads it must be the same in every respect. */
function thrown(solver: Solver, theta: Float32Array, context?: Context): { name: string; message: string } {
  try {
    answer(solver, theta, context);
  } catch (error) {
    const { name, message } = error as Error;
    return { name, message };
  }
  throw new Error('nothing was thrown');
}

describe('inThreads', () => {
  it('gives the same answers as the solver alone, for batches of any size, growing and shrinking', async () => {
    const options = { left: 9, right: 12 };
    const alone = assignment(options);
    for (const threads of [1, 2, 3]) {
      const solver = await threaded(assignment(options), threads);
      expect(solver).toMatchObject({ name: 'assignment', size: 108, sense: 'maximise', kappa: 9, threads });
      for (const rows of [0, 1, 2, 3, 50, 17, 300, 16]) {
        const theta = scores(alone, rows);
        expect(answer(solver, theta)).toEqual(answer(alone, theta));
      }
    }
  });

  it('gives each thread its part of the work', async () => {
    const solver = await threaded(own('whereabouts', { milliseconds: 2 }), 3);
    const theta = Float32Array.from({ length: 200 }, (_, i) => i);
    const z = answer(solver, theta);
    expect(new Set(z.filter((_, i) => i % 2 === 0)).size).toBe(3);
    expect(z.filter((_, i) => i % 2 === 1)).toEqual(theta.filter((_, i) => i % 2 === 0));
  });

  it('gives each instance its own part of the context', async () => {
    const options = { weights: [3, 2, 2, 5, 1], capacity: 9, capacityFromContext: true };
    const solver = await threaded(knapsack(options));
    const alone = knapsack(options);
    const rows = 70;
    const theta = scores(alone, rows);
    const context = { capacity: Array.from({ length: rows }, (_, row) => row % 10), unread: [1, 2] };
    expect(answer(solver, theta, context)).toEqual(answer(alone, theta, context));
    const { capacity } = context;
    expect(answer(solver, theta, { capacity })).toEqual(answer(alone, theta, { capacity }));
  });

  it('throws for a wrong context what the solver throws', async () => {
    const options = { weights: [3, 2], capacity: 9, capacityFromContext: true };
    const solver = await threaded(knapsack(options));
    const alone = knapsack(options);
    const theta = scores(alone, 40);
    const capacity = Array<number>(40).fill(4);
    for (const wrong of [
      {},
      { capacity: [1, 2] },
      { capacity: [...capacity, ...capacity] },
      { capacity: capacity.with(33, -1) },
    ]) {
      expect(thrown(solver, theta, wrong)).toEqual(thrown(alone, theta, wrong));
    }
    expect(answer(solver, theta, { capacity })).toEqual(answer(alone, theta, { capacity }));
  });

  it('throws the error of the first instance that fails, with its number, and can still be used', async () => {
    const options = { length: 6, labels: 3 };
    const solver = await threaded(chain(options));
    const alone = chain(options);
    const theta = scores(alone, 100);
    for (const rows of [[99], [0, 99], [41, 57, 58], [1]]) {
      const broken = theta.slice();
      for (const row of rows) broken[row * alone.size + 7] = NaN;
      expect(thrown(solver, broken)).toEqual(thrown(alone, broken));
      expect(thrown(solver, broken).message).toContain(`in instance ${rows[0]} at label (2, 1)`);
    }
    const masked = theta.slice().fill(-Infinity, 77 * alone.size, 78 * alone.size);
    expect(thrown(solver, masked).message).toMatch(/^chain: instance 77 has no solution/);
    expect(answer(solver, theta)).toEqual(answer(alone, theta));
  });

  it('keeps the error that a user function threw, in any thread', async () => {
    const solver = await threaded(own('picky'));
    const theta = new Float32Array(120);
    for (const row of [13, 59]) {
      const broken = theta.with(row * 2, -5);
      expect(thrown(solver, broken)).toEqual(thrown(picky(), broken));
      expect(() => answer(solver, broken)).toThrow(
        expect.objectContaining({
          message: `picky: the function failed in instance ${row}: cannot take $& -5`,
          stack: expect.stringContaining(`in instance ${row}: cannot take $& -5`),
          cause: expect.objectContaining({ message: 'cannot take $& -5' }),
        }),
      );
    }
  });

  it('still answers where only the other threads fail', async () => {
    const solver = await threaded(own('homesick'));
    const theta = scores(solver, 60);
    expect(answer(solver, theta)).toEqual(theta);
  });

  it('does not wait for a thread that has ended in the middle of its work', async () => {
    const solver = await threaded(own('exits'));
    const message = /^custom: a thread has ended by itself; look for process\.exit or a lack of memory/;
    expect(() => answer(solver, new Float32Array(40))).toThrow(message);
    expect(() => answer(solver, new Float32Array(40))).toThrow(message);
  });

  it('reports a thread that has ended between two batches', async () => {
    const ended = new Promise((resolve) => {
      process.once('worker', (worker) => worker.once('exit', resolve));
    });
    const solver = await threaded(own('expires'));
    await ended;
    expect(() => answer(solver, new Float32Array(40))).toThrow('custom: a thread has ended by itself');
  });

  it('spins where it may not sleep, as in a browser’s main thread', async () => {
    const solver = await threaded(own('homesick'));
    const theta = scores(solver, 60);
    vi.spyOn(Atomics, 'wait').mockImplementation((_array, _index, _value, timeout) => {
      if (timeout === 1) return 'timed-out'; // the solver's own pause
      throw new TypeError('Atomics.wait cannot be called in this context');
    });
    expect(answer(solver, theta)).toEqual(theta);
  });

  it('runs a linear program in each thread', async () => {
    const model = 'Maximize\n obj: x + y\nSubject To\n c: x + y <= 1\nBinary\n x y\nEnd\n';
    const solver = await threaded({
      module: '@aimle/solvers/program',
      export: 'linearProgram',
      options: { model, kappa: 1 },
    });
    const theta = scores(solver, 30);
    const best = theta.map((score, i) => +(score > 0 && (score > theta[i ^ 1]! || theta[i ^ 1]! <= 0)));
    expect(answer(solver, theta)).toEqual(best);
  });

  it('refuses a source that makes no solver in a thread, and says why', async () => {
    const refused: readonly (readonly [unknown, string | RegExp])[] = [
      [custom({ size: 1, kappa: 1, solve: () => [1] }), 'custom: has no description'],
      [{ module: './mine.js' }, "pass new URL('./mine.js', import.meta.url).href"],
      [own('number'), 'inThreads: export must be a function of'],
      [own('absent'), 'it has whereabouts, exits, expires'],
      [own('nothing'), 'inThreads: the module must make a solver, got undefined'],
      [own('homesick', () => 1), /options must be data that can be sent.*put functions into a module/],
      [own('default'), 'inThreads: a thread could not be started: no key for this thread'],
    ];
    for (const [source, message] of refused) {
      await expect(inThreads(source as ModuleRecipe, { threads: 2 })).rejects.toThrow(message);
    }
  });

  it('refuses a number of threads that is out of range, and takes all processors by default', async () => {
    const solver = topK({ size: 3, k: 1 });
    await expect(inThreads(solver, { threads: 0 })).rejects.toThrow(
      'inThreads: threads must be an integer in [1, 256], got 0',
    );
    await expect(inThreads(solver, { threads: 1.5 })).rejects.toThrow('got 1.5');
    const { availableParallelism } = await import('node:os');
    const everywhere = await inThreads(solver);
    made.push(everywhere);
    expect(everywhere.threads).toBe(Math.min(256, availableParallelism()));
  });

  it('says which headers a page must have where there is no shared memory, and does without for one thread', async () => {
    vi.stubGlobal('SharedArrayBuffer', undefined);
    const solver = topK({ size: 3, k: 1 });
    await expect(inThreads(solver, { threads: 2 })).rejects.toThrow(
      /not cross-origin isolated; serve it with the headers Cross-Origin-Opener-Policy: same-origin/,
    );
    const alone = await threaded(solver, 1);
    expect(answer(alone, Float32Array.of(1, 3, 2, 4, 1, 2))).toEqual(Float32Array.of(0, 1, 0, 1, 0, 0));
  });

  it('cannot be used once it is disposed, and may be disposed twice', async () => {
    const solver = await threaded(topK({ size: 3, k: 1 }));
    solver.dispose();
    solver.dispose();
    expect(() => answer(solver, new Float32Array(6))).toThrow(
      'topK: must not be used after dispose(); make a new one',
    );
  });

  it('refuses arrays of the wrong length before any thread sees them', async () => {
    const solver = await threaded(topK({ size: 3, k: 1 }));
    expect(() => solver.solve(new Float32Array(7), new Float32Array(6), 2)).toThrow(
      'topK: theta must have rows * size = 2 * 3 = 6 elements, got 7',
    );
  });

  it('lets the process end although its threads were never told to', () => {
    const script = `
      import { topK } from '@aimle/solvers';
      import { inThreads } from '@aimle/solvers/threads';
      const solver = await inThreads(topK({ size: 3, k: 1 }), { threads: 2 });
      const z = new Float32Array(60);
      solver.solve(new Float32Array(60), z, 20);
      process.stdout.write('solved ' + z.reduce((sum, one) => sum + one, 0));
    `;
    const flags = ['--conditions=@aimle/source', '--import', 'tsx', '--input-type=module', '--eval', script];
    const { stdout, status, signal } = spawnSync(process.execPath, flags, {
      cwd: fileURLToPath(new URL('..', import.meta.url)),
      encoding: 'utf8',
      timeout: 600_000,
    });
    expect({ stdout, status, signal }).toEqual({ stdout: 'solved 20', status: 0, signal: null });
  });

  it.each([
    ['flags that a worker refuses', ['--title=x', '--expose-gc', '--max-old-space-size=900']],
    ['a program on the command line', ['--title=x', '--input-type=module']],
    ['one that says so in two words', ['--expose-gc', '--input-type', 'module']],
  ])('starts a file with %s', (_name, flags) => {
    const script = `
      import('${new URL('../src/threads/workerFlags.ts', import.meta.url)}').then(({ workerFlags }) => {
        const { Worker } = process.getBuiltinModule('node:worker_threads');
        const worker = new Worker(
          new URL('data:text/javascript,process.exit(7)'),
          workerFlags(process.execArgv),
        );
        worker.on('error', (error) => console.log(error.message));
        worker.on('exit', (code) => process.exit(code));
      });
    `;
    const words = [...flags, '--conditions=@aimle/source', '--import', 'tsx', '--eval', script];
    const { stdout, status } = spawnSync(process.execPath, words, {
      cwd: fileURLToPath(new URL('..', import.meta.url)),
      encoding: 'utf8',
      timeout: 600_000,
    });
    expect({ stdout, status }).toEqual({ stdout: '', status: 7 });
  });

  it('hands on how modules are found', () => {
    const found = ['--import', 'tsx', '--conditions=@aimle/source', '-r', './hook.cjs'];
    expect(workerFlags([...found, '--input-type', 'module', '--title=x', '--no-warnings'])).toEqual({
      execArgv: found,
    });
  });
});
