import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { bench, reference } from '../../speed/contender.js';

const conditions = { threads: 3, engine: 'wasm' };

/** A folder with one file in it, which Node can run. */
function holding(path: string, program: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'aimle-speed-test-'));
  mkdirSync(join(folder, path, '..'), { recursive: true });
  writeFileSync(join(folder, path), `#!${process.execPath}\n${program}`);
  chmodSync(join(folder, path), 0o755);
  return folder;
}

const clone = (program: string) => bench('new', holding('apps/cli/bin/aimle.js', program), conditions);
const python = (program: string) => {
  const folder = holding('python', program);
  return reference({ python: join(folder, 'python'), script: 'reference.py', code: 'official' }, conditions);
};

describe('aimle bench of a clone', () => {
  it('is asked for one case, on the engine and threads of the comparison', () => {
    const echo = clone(`if (process.argv.slice(2).join(' ') === 'bench --cases op/x --engine wasm --json')
      console.log(JSON.stringify({ case: 'op/x', ms: 4, memory_mb: 90, engine: 'wasm', threads: +process.env.AIMLE_THREADS }))`);
    expect(echo.measure('op/x')).toEqual({ ms: 4, memory_mb: 90, on: 'wasm, 3 threads' });
  });

  it('may print other cases too, as revisions do in which a name is always a prefix', () => {
    const rows = clone(`for (const [name, ms] of [['op/x10', 9], ['op/x', 4]])
      console.log(JSON.stringify({ case: name, ms, memory_mb: 90, engine: 'wasm', threads: 1 }))`);
    expect(rows.measure('op/x')).toEqual({ ms: 4, memory_mb: 90, on: 'wasm, 1 thread' });
  });

  it('lacks a case that it refuses as a wrong request', () => {
    expect(clone('process.exitCode = 2').measure('op/x')).toBeNull();
  });

  it('is an error, with what it said, where it fails', () => {
    const broken = clone("console.error('no such engine'); process.exitCode = 1");
    expect(() => broken.measure('op/x')).toThrow(/op\/x --engine wasm --json: exit code 1\nno such engine/);
  });
});

describe('the official code', () => {
  it('is imported from its checkout, and asked for one case and the threads', () => {
    const echo = python(`const [, , one, script, subject, ...rest] = process.argv;
      if (one.endsWith('oneCase.py') && script === 'reference.py' && rest.join(' ') === '--threads 3')
        console.log(JSON.stringify({ case: subject, ms: 4, memory_mb: 90, torch: process.env.PYTHONPATH, threads: 3, note: 'in C++' }))`);
    expect(echo.measure('op/x')).toEqual({
      ms: 4,
      memory_mb: 90,
      on: 'PyTorch official (in C++), 3 threads',
    });
  });

  it('lacks a case of which it prints nothing', () => {
    expect(python('').measure('op/x')).toBeNull();
  });

  it.runIf(spawnSync('python3', ['--version']).status === 0)('ends once its case is measured', () => {
    const rows = ['op/x1', 'op/x', 'op/x2'].map(
      (name) => `print('{"case": "${name}", "ms": 2, "torch": "2", "threads": 3}')`,
    );
    const script = join(holding('timings.py', ''), 'timings.py');
    writeFileSync(script, [...rows, 'raise SystemExit("too far")'].join('\n'));
    const program = fileURLToPath(new URL('../../speed/oneCase.py', import.meta.url));
    const { stdout, stderr, status } = spawnSync('python3', [program, script, 'op/x'], { encoding: 'utf8' });
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
    expect(JSON.parse(stdout)).toEqual({
      case: 'op/x',
      ms: 2,
      torch: '2',
      threads: 3,
      memory_mb: expect.any(Number),
    });
  });
});
