import { afterEach, expect, test, vi } from 'vitest';
import { compile, NotTypeScript } from '../src/runner/compile.js';
import { describe as described } from '../src/runner/describe.js';
import { type Expectation, isAsExpected } from '../src/runner/expected.js';
import { instrument } from '../src/runner/instrument.js';
import { packed, unpacked } from '../src/runner/link.js';
import { Printer, seriesOf } from '../src/runner/printer.js';
import { isOfAnother, problemOf } from '../src/runner/problems.js';
import type { RunEvent } from '../src/runner/protocol.js';
import { spoken } from '../src/runner/spoken.js';
import { table } from '../src/runner/table.js';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

test('comments become calls with the expression before them, and lines keep their numbers', () => {
  const code = 'const a: number = 1;\na + 1; // => 2\nlet b = a; // show\n[a]; // plot\na; // a note\n';
  expect(instrument(code).code.split('\n')).toEqual([
    'const a: number = 1;',
    '__show(2, a + 1, "2", (about) => (2)); // => 2',
    'let b = a; __show(3, b); // show',
    '__plot(4, [a], "[a]"); // plot',
    '__show(5, a); // a note',
    '',
  ]);
});

test('an expression over many lines is shown whole', () => {
  expect(instrument('f(\n  1,\n); // => 3').code).toBe(
    '__show(3, f(\n  1,\n), "3", (about) => (3)); // => 3',
  );
});

test('code that does not parse is refused with its line', () => {
  const compiling = () => compile('const a = 1;\nconst = 2;\n');
  expect(compiling).toThrow(NotTypeScript);
  expect(compiling).toThrow(expect.objectContaining({ line: 2 }));
});

test.each([
  ['const a = 1;\nconst = 2;\n', 2, 'unexpected token\n  const = 2;\n        ^'],
  ['1; // show\nf(1, 2', 2, 'unexpected token, expected ","\n  f(1, 2\n        ^'],
  ['const text = "abc\n', 1, 'unterminated string constant\n  const text = "abc\n               ^'],
  [`x = (${' '.repeat(90)};`, 1, 'unexpected token'],
])('%j: the parser says where it stopped, and why', (code, line, problem) => {
  const text = `this cannot be read as TypeScript yet: ${problem}`;
  expect(() => compile(code)).toThrow(expect.objectContaining({ line, message: text }));
});

test('types and imports are gone after compilation, on their own lines', () => {
  const { code, modules } = compile(
    "import { type Key, key } from '@aimle/random';\nimport * as tf from '@tensorflow/tfjs';\nconst k: Key = key(1);\nawait tf.ready();\n",
  );
  expect(modules).toEqual(['@aimle/random', '@tensorflow/tfjs']);
  expect(code).not.toContain('import');
  expect(code.split('\n')[2]).toMatch(
    /^const k\s*= _random\.key\.call\(void 0, 1\);|^const k\s*= .*key.*1\);/,
  );
});

test.each([
  [2, '2', true],
  [0.123456, '~0.12', true],
  [0.126, '~0.12', false],
  [Float32Array.of(1, 0), '[1, 0]', true],
  [[1, 0, 0], '[1, 0]', false],
  [{ a: [1] }, '{ a: [1] }', true],
  [{ a: [1], b: 2 }, '{ a: [1] }', false],
  ['wasm', "'wasm'", true],
  [3, 'three of them', undefined],
  [3, 'unknown', undefined],
])('%j after // => %s: %s', (value, comment, verdict) => {
  expect(verdictOn(value, comment)).toBe(verdict);
});

/** Runs an example that promises a value, and returns what the page is told of it. */
function verdictOn(value: unknown, comment: string): boolean | undefined {
  const { code } = instrument(`value; // => ${comment}`);
  let verdict: boolean | undefined;
  const show = (_line: number, shown: unknown, _comment: string, expectation?: Expectation) => {
    verdict = expectation && isAsExpected(shown, expectation);
  };
  new Function('value', '__show', code)(value, show);
  return verdict;
}

test('a value in the next line belongs to the statement above it, and keeps its number', () => {
  expect(instrument('f(1);\n// => 2\n').code).toBe('__show(1, f(1), "2", (about) => (2));\n// => 2\n');
  expect(instrument('f(1);\n\n// show\ng();').code).toContain('f(1);\n\n// show');
});

test('a value that would be lost is shown, and what the last call returns; what others do is not', () => {
  expect(instrument('const a = 1;\na + 1;\nf(a);\nawait g();\n// the end\n').code.split('\n')).toEqual([
    'const a = 1;',
    '__show(2, a + 1);',
    'f(a);',
    '__last(4, await g());',
    '// the end',
    '',
  ]);
  expect(instrument('for (const a of b) {\n  a + 1;\n}').code).not.toContain('__');
});

test('maps and sets are shown with what is in them', () => {
  expect(described(new Map([['a', [1]]]))).toBe('Map(1) { "a" => [1] }');
  expect(described({ of: new Set([1, 'b']) })).toBe('{ of: Set(2) { 1, "b" } }');
  expect(described(new Set(Array(60).keys()))).toContain('... 12 more }');
});

test('console.table prints rows and columns', () => {
  const rows = [{ name: 'aimle', cosine: 0.9 }, { name: 'imle' }];
  expect(table(rows)).toBe('   name   cosine\n0  aimle  0.9\n1  imle');
  expect(table([1, 2])).toBe('   (value)\n0  1\n1  2');
  expect(table(new Map([['a', { x: 1 }]]))).toBe('   x\na  1');
  expect(table(7)).toBe('7');
});

test('a run without output is told how to show a value', () => {
  const { printer, said } = printing();
  printer.hint();
  printer.log('plain', [1]);
  printer.hint();
  expect(said.map(({ kind }) => kind)).toEqual(['silent', 'log']);
});

test('tensors are shown with their shape, row by row, and long lists are cut', () => {
  const rows = [
    [1, 0.333333333],
    [3, 4],
  ];
  const tensor = { shape: [2, 2], dtype: 'float32', arraySync: () => rows };
  expect(described(tensor)).toBe('tensor [2, 2] float32\n[\n  [1, 0.333333]\n  [3, 4]\n]');
  expect(described(Array(60).fill(0))).toContain('... 12 more]');
  expect(described({ name: 'x', inner: [null, undefined] })).toBe('{ name: "x", inner: [null, undefined] }');
});

test('lists of numbers can be drawn, and nothing else', () => {
  expect(seriesOf([1, 2], 'loss')).toEqual([{ name: 'loss', values: [1, 2] }]);
  expect(seriesOf({ a: [1], b: Float32Array.of(2) }, 'both').map(({ name }) => name)).toEqual(['a', 'b']);
  expect(() => seriesOf('text', 'text')).toThrow('a list of numbers');
  expect(() => seriesOf({ a: ['x'] }, 'a')).toThrow('a list of numbers');
});

test('code in a link comes back as it was, and is shorter', async () => {
  const code = `const π = 3.14; // => 3.14\n`.repeat(30);
  const link = await packed(code);
  expect(link).toMatch(/^[\w-]+$/);
  expect(link.length).toBeLessThan(code.length / 4);
  expect(await unpacked(link)).toBe(code);
  await expect(unpacked('not-a-link')).rejects.toThrow();
});

test('valid code that one of the two parsers does not know is not called wrong', () => {
  const said = { line: 2, message: expect.stringContaining('it may be valid') };
  expect(() => compile('const x = [1];\nx[0]! += 1;\n')).toThrow(expect.objectContaining(said));
});

/** A printer, and what it says. */
function printing(): { printer: Printer; said: RunEvent[]; of: (kind: RunEvent['kind']) => RunEvent[] } {
  const said: RunEvent[] = [];
  const printer = new Printer((message) => said.push(message));
  return { printer, said, of: (kind) => said.filter((each) => each.kind === kind) };
}

test('a flood is sent up to its thousandth entry, and counted from there', () => {
  const { printer, said, of } = printing();
  for (let i = 0; i < 5_000; i++) printer.log('plain', [i]);
  expect(of('log')).toHaveLength(1_000);
  expect(said.at(-1)).toEqual({ kind: 'more' });
  printer.end();
  expect(said.at(-1)).toEqual({ kind: 'more', count: 4_000, wrong: 0 });
  expect(said).toHaveLength(1_002);
});

test('what a run prints is limited in length, too, and so is each value', () => {
  const { printer, of } = printing();
  for (let i = 0; i < 500; i++) printer.log('plain', ['x'.repeat(1e6)]);
  const characters = of('log').reduce((sum, each) => sum + JSON.stringify(each).length, 0);
  expect(characters).toBeLessThan(210_000);
  const wide = Array.from({ length: 48 }, () => 0.123456);
  const deep = Array.from({ length: 48 }, () => Array.from({ length: 48 }, () => [wide, wide]));
  expect(described(deep).length).toBeLessThan(5_100);
  expect(described({ text: 'y'.repeat(1e6) }).length).toBeLessThan(5_200);
});

test('values are compared with their comments after a flood as before it, and errors are not lost in it', () => {
  const { printer, said, of } = printing();
  for (let i = 0; i < 2_000; i++) printer.log('plain', [i]);
  for (let i = 0; i < 10; i++) printer.value(7, i, '0', () => 0);
  printer.value(8, 1, '1', () => 1);
  printer.stray('late', 9);
  printer.stray('later', 9);
  printer.end();
  expect(of('value')).toEqual([
    { kind: 'value', line: 7, text: '0', agrees: true },
    { kind: 'value', line: 7, text: '1', expected: '0' },
    { kind: 'value', line: 8, text: '1', agrees: true },
  ]);
  expect(of('stray')).toEqual([{ kind: 'stray', text: 'late', line: 9 }]);
  expect(said.at(-1)).toEqual({ kind: 'more', count: 1_009, wrong: 8 });
});

test('an error has its line if its stack does, and whether it is of another run', () => {
  const error = Object.assign(new Error('on purpose'), { stack: 'Error: on purpose\n at blob:a/1:3:7' });
  expect(problemOf(error, 'blob:a/1')).toEqual({ text: 'on purpose', line: 3 });
  expect(problemOf(error, 'blob:a/2')).toEqual({ text: 'on purpose' });
  expect(isOfAnother(error, 'blob:a/2')).toBe(true);
  expect(isOfAnother(error, 'blob:a/1')).toBe(false);
  expect(isOfAnother('a reason', 'blob:a/1')).toBe(false);
  expect(problemOf({ why: 1 }, 'blob:a/1').text).toBe('{ why: 1 }');
  const twice = Object.assign(new SyntaxError('declared twice'), { stack: '' });
  expect(problemOf(twice, 'blob:a/1').text).toBe('the browser cannot read the code: declared twice');
});

test('a run with a rejection that nothing caught is not done, also when it comes late', () => {
  const standing = { engine: 'cpu', failed: true } as const;
  expect(spoken({ kind: 'done', milliseconds: 5 }, { ...standing, running: false })).toBe('failed on cpu');
  expect(spoken({ kind: 'stray', text: 'x' }, { ...standing, running: false })).toMatch(/^failed/);
  expect(spoken({ kind: 'stray', text: 'x' }, { ...standing, running: true })).toBeUndefined();
});

test('a worker that dies is terminated, reported dead, and replaced by the next run', async () => {
  const made: { terminated: boolean; onerror?: (event: unknown) => void }[] = [];
  class FakeWorker {
    terminated = false;
    constructor() {
      made.push(this);
    }
    postMessage(): void {}
    terminate(): void {
      this.terminated = true;
    }
  }
  vi.stubGlobal('Worker', FakeWorker);
  const { runInWorker } = await import('../src/runner/session.js');
  const heard: RunEvent[] = [];
  runInWorker('', 'cpu', (message) => heard.push(message));
  made[0]?.onerror?.({ message: 'out of memory', preventDefault: () => {} });
  expect(heard).toEqual([{ kind: 'died', text: 'out of memory' }]);
  expect(made[0]?.terminated).toBe(true);
  runInWorker('', 'cpu', () => {});
  expect(made).toHaveLength(2);
  made[0]?.onerror?.({ message: 'again', preventDefault: () => {} });
  expect(made[1]?.terminated).toBe(false);
});

test('a second run ends the first: it is told so, its worker is terminated, and it cannot end the second', async () => {
  const made: { terminated: boolean }[] = [];
  class FakeWorker {
    terminated = false;
    constructor() {
      made.push(this);
    }
    postMessage(): void {}
    terminate(): void {
      this.terminated = true;
    }
  }
  vi.stubGlobal('Worker', FakeWorker);
  const { runInWorker } = await import('../src/runner/session.js');
  const heard: string[] = [];
  const stopFirst = runInWorker('while (true);', 'cpu', ({ kind }) => heard.push(`first ${kind}`));
  const stopSecond = runInWorker('while (true);', 'cpu', ({ kind }) => heard.push(`second ${kind}`));
  expect(heard).toEqual(['first stopped']);
  expect(made.map(({ terminated }) => terminated)).toEqual([true, false]);
  stopFirst();
  expect(made[1]?.terminated).toBe(false);
  stopSecond();
  expect(made[1]?.terminated).toBe(true);
  expect(heard).toEqual(['first stopped', 'second stopped']);
});

test('what a finished run left running ends with its page', async () => {
  const worker = { terminated: false, onmessage: (_: unknown) => {} };
  class FakeWorker {
    set onmessage(listen: (event: unknown) => void) {
      worker.onmessage = listen;
    }
    postMessage(): void {}
    terminate(): void {
      worker.terminated = true;
    }
  }
  vi.stubGlobal('Worker', FakeWorker);
  const { runInWorker } = await import('../src/runner/session.js');
  const heard: string[] = [];
  const stop = runInWorker('', 'cpu', ({ kind }) => heard.push(kind));
  worker.onmessage({ data: { run: 1, kind: 'done', milliseconds: 1 } });
  stop();
  expect(worker.terminated).toBe(true);
  expect(heard).toEqual(['done']);
});

/** A browser with WebGPU that finds this adapter, and remembers this engine. */
async function browserWith(adapter: object | null, kept?: string) {
  const memory = new Map(kept ? [['aimle-engine', kept]] : []);
  vi.stubGlobal('navigator', { gpu: { requestAdapter: async () => adapter } });
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => memory.get(key) ?? null,
    setItem: (key: string, value: string) => memory.set(key, value),
    removeItem: (key: string) => memory.delete(key),
  });
  return import('../src/runner/engines.js');
}

test('webgpu is offered where there is an adapter for it, and is not remembered where there is none', async () => {
  const without = await browserWith(null, 'webgpu');
  expect(await without.engines()).toEqual(['wasm', 'cpu']);
  expect(without.remembered()).toBe(null);
  vi.resetModules();
  const having = await browserWith({}, 'webgpu');
  expect(await having.engines()).toEqual(['wasm', 'webgpu', 'cpu']);
  expect(having.remembered()).toBe('webgpu');
});

test('a choice of engine is heard by all examples until they are gone', async () => {
  const { choose, forget, onChoice, remembered } = await browserWith(null);
  const heard: string[] = [];
  const dispose = onChoice((name) => heard.push(name));
  choose('wasm');
  expect(remembered()).toBe('wasm');
  forget('cpu');
  expect(remembered()).toBe('wasm');
  dispose();
  choose('cpu');
  expect(heard).toEqual(['wasm']);
});

test('a link that lost its end is damaged', async () => {
  const link = await packed('const a = 1;\n'.repeat(20));
  await expect(unpacked(link.slice(0, -6))).rejects.toThrow();
});
