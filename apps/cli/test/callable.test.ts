import { expect, it } from 'vitest';
import { ownName } from '../src/invocation.js';
import { callable } from '../src/terminal/callable.js';
import { ink, type Terminal } from '../src/terminal/terminal.js';

/** What a terminal prints of one text when the program is called as `name`. */
function printed(text: string, name = 'node aimle.js'): string[] {
  const texts: string[] = [];
  const push = (part: string) => void texts.push(part);
  const inner: Terminal = {
    stdout: push,
    json: (document) => push(JSON.stringify(document)),
    stderr: push,
    draw: push,
    live: false,
    columns: 80,
    ink: ink(true),
    stdoutInk: ink(true),
  };
  const terminal = callable(inner, name);
  terminal.stderr(text);
  terminal.stdout(text);
  return texts;
}

it('a command that a package suggests is printed as it can be called here, coloured or not', () => {
  for (const [text, here] of [
    ['to get it: aimle engine install native', 'to get it: node aimle.js engine install native'],
    ['to get it: npx @aimle/cli engine install native', 'to get it: node aimle.js engine install native'],
    ['missing; `aimle data get mnist` gets it', 'missing; `node aimle.js data get mnist` gets it'],
    [ink(true).bold('aimle doctor'), ink(true).bold('node aimle.js doctor')],
    ['Next\naimle train dvae', 'Next\nnode aimle.js train dvae'],
  ] as const) {
    expect(printed(text)).toEqual([here, here]);
  }
  expect(printed('aimle doctor', '$& x')).toEqual(['$& x doctor', '$& x doctor']);
});

it('what only looks like a command stays as it is', () => {
  for (const text of [
    'aimle: no',
    '--method aimle trains',
    'in /my aimle/aimle data',
    'aimle data/mnist',
    'aimle 1.0',
  ]) {
    expect(printed(text)).toEqual([text, text]);
  }
});

it('the program goes by the name that works where it was called', () => {
  expect(ownName('/usr/bin/aimle', false)).toBe('aimle');
  expect(ownName('/x/node_modules/@aimle/cli/bin/aimle.js', false)).toBe('aimle');
  expect(ownName('/x/node_modules/@aimle/cli/bin/aimle.js', true)).toBe('aimle');
  expect(ownName(`${process.cwd()}/bin/aimle.js`, false)).toBe('node bin/aimle.js');
  expect(ownName(`${process.cwd()}/bin/aimle.js`, true)).toBe('npx -y pnpm@10 aimle');
  expect(ownName('/x/apps/cli/src/main.ts', false)).toBe('npx -y pnpm@10 aimle');
});
