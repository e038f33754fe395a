import fc from 'fast-check';
import { expect, it } from 'vitest';
import { CLEAR_LINE, shielded } from '../src/terminal/shielded.js';
import { ink, type Terminal } from '../src/terminal/terminal.js';
import { visible } from '../src/terminal/visible.js';
import { wrap } from '../src/terminal/wrap.js';

function terminal(coloured: boolean): { readonly output: Terminal; readonly texts: string[] } {
  const texts: string[] = [];
  const push = (part: string) => void texts.push(part);
  const inner: Terminal = {
    stdout: push,
    json: (document) => push(JSON.stringify(document)),
    stderr: push,
    draw: push,
    live: true,
    columns: 80,
    ink: ink(coloured),
    stdoutInk: ink(coloured),
  };
  return { output: shielded(inner), texts };
}

const hostile = 'a\u001b[31mb\u001b]0;title\u0007c\u009b2Jd\u202ee\rf\u007f';
const harmless = 'a\\u001b[31mb\\u001b]0;title\\u0007c\\u009b2Jd\\u202ee\\u000df\\u007f';

it('shows control characters and turns of direction as what they are, on every way out', () => {
  for (const coloured of [false, true]) {
    const { output, texts } = terminal(coloured);
    output.stdout(hostile);
    output.stderr(hostile);
    output.draw(hostile);
    output.draw(`${CLEAR_LINE}${hostile}${CLEAR_LINE}`);
    expect(texts).toEqual([harmless, harmless, harmless, `${CLEAR_LINE}${harmless}\\u000d\\u001b[2K`]);
  }
});

it('lets its own colours through, also around and within hostile texts, and no others', () => {
  const { output, texts } = terminal(true);
  const { red, bold } = output.ink;
  output.stderr(`${red(`1 ${bold(hostile)} 2`)} ${ink(true).green('x')}`);
  const { red: asked, bold: inner } = ink(true);
  expect(texts).toEqual([`${asked(`1 ${inner(harmless)} 2`)} \\u001b[32mx\\u001b[39m`]);
});

it('measures the width of lines without the colours that it marks', () => {
  const { output } = terminal(true);
  expect(wrap(`${output.ink.red('one')} two`, 7)).toBe(`${output.ink.red('one')} two`);
});

it('leaves every other text alone, in any script, and JSON the same document', () => {
  expect(visible('two\nlines\tand שלום — 語 🙂')).toBe('two\nlines\tand שלום — 語 🙂');
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(JSON.parse(visible(JSON.stringify({ text })))).toEqual({ text });
      const { output, texts } = terminal(true);
      output.stdout(output.stdoutInk.blue(text));
      const bare = texts[0]!.slice('\u001b[34m'.length, -'\u001b[39m'.length);
      expect(bare).toBe(visible(text));
      expect(bare).not.toMatch(/(?![\n\t])[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
    }),
  );
});
