import { fillGumbel, key } from '@aimle/random';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { assignment } from '../src/index.js';
import { type LinearProgramOptions, linearProgram } from '../src/program.js';

const box = 'Maximize\n obj: x + y\nSubject To\n sum: x + y <= 3\nBounds\n x <= 2\n y <= 2\nEnd\n';

function assignmentText(n: number): string {
  const all = Array.from({ length: n }, (_, i) => i);
  const rows = all.map((i) => `r${i}: ${all.map((j) => `x${i}_${j}`).join(' + ')} = 1`);
  const columns = all.map((j) => `c${j}: ${all.map((i) => `x${i}_${j}`).join(' + ')} = 1`);
  // The objective names all variables in row order first.
  const objective = all.flatMap((i) => all.map((j) => `x${i}_${j}`)).join(' + ');
  return `Minimize\n obj: ${objective}\nSubject To\n${[...rows, ...columns].join('\n')}\nEnd\n`;
}

function solveOne(solver: Awaited<ReturnType<typeof linearProgram>>, ...theta: number[]): number[] {
  const z = new Float32Array(theta.length);
  solver.solve(Float32Array.from(theta), z, 1);
  return Array.from(z);
}

describe('linearProgram', () => {
  it('agrees with the assignment solver on an assignment of twelve, without one fraction', async () => {
    const n = 12;
    const rows = 20;
    const program = await linearProgram({ model: assignmentText(n), kappa: n });
    const theta = new Float32Array(rows * n * n);
    fillGumbel(key(3), theta);
    const [z, expected] = [new Float32Array(theta.length), new Float32Array(theta.length)];
    program.solve(theta, z, rows);
    assignment({ left: n, right: n }).solve(theta, expected, rows);
    expect(z).toEqual(expected);
    program.dispose();
  });

  it('respects a side constraint: an assignment that may take only one of three expensive pairs', async () => {
    const text = assignmentText(4)
      .replace('End', '')
      .concat('few: x0_0 + x1_1 + x2_2 <= 1\nBinary\n')
      .concat(Array.from({ length: 16 }, (_, i) => ` x${i >> 2}_${i & 3}`).join(''), '\nEnd\n');
    const program = await linearProgram({ model: text, kappa: 4 });
    const theta = new Float32Array(16);
    fillGumbel(key(5), theta);
    for (const i of [0, 5, 10]) theta[i]! += 10;
    const z = solveOne(program, ...theta);
    let best = { value: -Infinity, state: [] as number[] };
    for (let code = 0; code < 4 ** 4; code++) {
      const columns = [0, 1, 2, 3].map((i) => (code >> (2 * i)) & 3);
      const state = columns.flatMap((column) => [0, 1, 2, 3].map((j) => +(j === column)));
      if (new Set(columns).size < 4 || state[0]! + state[5]! + state[10]! > 1) continue;
      const value = state.reduce((sum, one, i) => sum + one * theta[i]!, 0);
      if (value > best.value) best = { value, state };
    }
    expect(z).toEqual(best.state);
    program.dispose();
  });

  it('returns fractional values, for only the requested variables, in their order', async () => {
    const program = await linearProgram({
      model: box.replaceAll('3', '2.5'),
      kappa: 2,
      variables: ['y', 'x'],
    });
    expect(program.variables).toEqual(['y', 'x']);
    expect(solveOne(program, 2, 1)).toEqual([2, 0.5]);
    const one = await linearProgram({ model: box, kappa: 2, variables: ['y'], sense: 'minimise' });
    expect(solveOne(one, -1)).toEqual([2]);
    program.dispose();
    one.dispose();
  });

  it('distinguishes scores however small they all are', async () => {
    const program = await linearProgram({ model: box, kappa: 2 });
    expect(solveOne(program, 1e-30, 2e-30)).toEqual([1, 2]);
    expect(solveOne(program, 2e30, 1e30)).toEqual([2, 1]);
    expect(solveOne(program, -1e-38, 1e-38)).toEqual([0, 2]);
    program.dispose();
  });

  it('reports contradictory constraints when it is made, and the instance in which masks cause them', async () => {
    const contradictory = 'Maximize\n obj: x\nSubject To\n low: x >= 2\n high: x <= 1\nEnd\n';
    await expect(linearProgram({ model: contradictory, kappa: 1 })).rejects.toThrow(
      'linearProgram: model must have a solution, got constraints that contradict each other',
    );
    const program = await linearProgram({ model: box.replace('<= 3', '>= 1'), kappa: 2 });
    const z = new Float32Array(4);
    expect(() => program.solve(Float32Array.of(1, 2, -Infinity, -Infinity), z, 2)).toThrow(
      'linearProgram: instance 1 has no solution: the constraints, and the variables that are masked, contradict each other',
    );
    expect(solveOne(program, 1, -Infinity)).toEqual([2, 0]);
    expect(solveOne(program, 1, 2)).toEqual([2, 2]);
    const away = await linearProgram({ model: box.replace('x <= 2', '1 <= x <= 2'), kappa: 2 });
    expect(() => solveOne(away, -Infinity, 1)).toThrow(/variable x is masked.*bounds/);
    expect(solveOne(away, -1, 1)).toEqual([1, 2]);
    program.dispose();
    away.dispose();
  });

  it('masks semi-continuous and semi-integer variables, which may be 0 outside of their bounds', async () => {
    const semi =
      'Maximize\n obj: s + t\nSubject To\n c: s + t <= 8\nBounds\n 2 <= s <= 5\n t <= 4\nSemi-Continuous\n s\nEnd\n';
    for (const model of [semi, semi.replace('End', 'General\n s\nEnd')]) {
      const program = await linearProgram({ model, kappa: 1 });
      expect(solveOne(program, -Infinity, 1)).toEqual([0, 4]);
      // The bounds are back: 0, or from 2 to 5.
      expect(solveOne(program, 2, 1)).toEqual([5, 3]);
      expect(solveOne(program, -1, 1)).toEqual([0, 4]);
      const z = new Float32Array(4);
      program.solve(Float32Array.of(-Infinity, 1, 1, -Infinity), z, 2);
      expect([...z]).toEqual([0, 4, 5, 0]);
      program.dispose();
    }
    const forced = await linearProgram({ model: semi.replace('s + t <= 8', 's + t >= 1'), kappa: 1 });
    expect(() => solveOne(forced, -Infinity, -Infinity)).toThrow('contradict each other');
    forced.dispose();
  });

  it('names the unbounded instance, for linear and for integer programs', async () => {
    const open = 'Maximize\n obj: x + y\nSubject To\n c: x - y <= 1\nEnd\n';
    for (const model of [open, open.replace('End', 'General\n x y\nEnd')]) {
      const program = await linearProgram({ model, kappa: 1 });
      const z = new Float32Array(4);
      expect(() => program.solve(Float32Array.of(-1, -1, 1, 1), z, 2)).toThrow(
        'linearProgram: instance 1 is unbounded: its best value is infinite; give the variables bounds',
      );
      expect(solveOne(program, 3, -4)).toEqual([1, 0]);
      program.dispose();
    }
  });

  it('rejects a text that is not a model, even one that ends HiGHS itself, without harm to other solvers', async () => {
    const other = await linearProgram({ model: box, kappa: 2 });
    for (const model of ['', 'no model at all', 'Maximize\n obj: x +\nSubject To\n c: x + <= \nEnd']) {
      await expect(linearProgram({ model, kappa: 1 })).rejects.toThrow(
        /^linearProgram: model must be a text in the CPLEX LP format \("Maximize \.\.\. Subject To \.\.\. End"\), got /,
      );
    }
    await expect(linearProgram({ model: 7 as unknown as string, kappa: 1 })).rejects.toThrow('got number');
    const square = 'Minimize\n obj: x + [ x^2 ] / 2\nSubject To\n c: x >= 1\nEnd\n';
    await expect(linearProgram({ model: square, kappa: 1 })).rejects.toThrow(
      'model must be linear, got quadratic',
    );
    expect(solveOne(other, 1, 2)).toEqual([1, 2]);
    other.dispose();
  });

  it('gives the answer of a new solver where everything ties, whatever it has solved before', async () => {
    const used = await linearProgram({ model: assignmentText(5), kappa: 5 });
    const theta = new Float32Array(25);
    const fresh = solveOne(await linearProgram({ model: assignmentText(5), kappa: 5 }), ...theta);
    for (let call = 0; call < 20; call++) {
      fillGumbel(key(call), theta);
      solveOne(used, ...theta);
      expect(solveOne(used, ...theta.fill(0))).toEqual(fresh);
    }
    used.dispose();
  });

  it('cannot be used once it is disposed, and may be disposed twice', async () => {
    const program = await linearProgram({ model: box, kappa: 2 });
    program.dispose();
    program.dispose();
    expect(() => solveOne(program, 1, 2)).toThrow(
      'linearProgram: must not be used after dispose(); make a new one',
    );
  });

  it('refuses options that are out of range', async () => {
    const making = (options: Partial<LinearProgramOptions>) =>
      linearProgram({ model: box, kappa: 2, ...options });
    await expect(making({ kappa: 0 })).rejects.toThrow(
      'linearProgram: kappa must be a positive number, got 0',
    );
    await expect(making({ variables: ['x', 'w'] })).rejects.toThrow(
      'linearProgram: variables must be names in the model (x, y), got w',
    );
    await expect(making({ variables: ['x', 'x'] })).rejects.toThrow(
      'must name each variable once, got x twice',
    );
    await expect(making({ variables: [] })).rejects.toThrow('must name at least one variable, got none');
    await expect(making({ sense: 'best' as 'maximise' })).rejects.toThrow(
      "sense must be 'maximise' or 'minimise'",
    );
    await expect(making({ locateFile: (file) => `/nowhere/${file}` })).rejects.toThrow(
      /^linearProgram: HiGHS must find its highs\.wasm, got .*; .*locateFile/s,
    );
  });
});

describe('linearProgram without the package highs', () => {
  afterEach(() => {
    vi.doUnmock('highs');
  });

  it('says how to install it', async () => {
    vi.doMock('highs', () => {
      throw new Error('Cannot find package');
    });
    await expect(linearProgram({ model: box, kappa: 2 })).rejects.toThrow(
      'linearProgram: needs the package highs; add it with `npm install highs`',
    );
  });
});
