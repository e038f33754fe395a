import { readFile } from 'node:fs/promises';
import { text as textOf } from 'node:stream/consumers';
import { RequestError } from '@aimle/training/errors';
import type { Command } from 'commander';
import { z } from 'zod';
import { commandLine } from '../invocation.js';
import { engineHelp, engineOption, startEngine } from '../options/engine.js';
import { parsed } from '../options/values.js';
import type { Call } from '../terminal/terminal.js';
import { wrap } from '../terminal/wrap.js';

const schema = z.object({
  engine: engineOption,
  html: z.string().min(1, '--html must name a file, got nothing').optional(),
  text: z.string().optional(),
  json: z.boolean().default(false),
});

interface Explanation {
  readonly rating: number;
  readonly tokens: readonly string[];
  readonly chosen: readonly number[];
  /** Words that the training texts do not have. */
  readonly unknown: readonly number[];
}

export function addExplain(command: Command, { terminal }: Call): void {
  command
    .argument('<run>', 'the run directory')
    .argument(
      '[file]',
      'a file with the text, or the text itself if it has several words; default, or -: stdin',
    )
    .option('--text <text>', 'the text, even if it is a single word')
    .option('--html <file>', 'also write a page')
    .option(...engineHelp)
    .option('--json', 'print the rating, the words and the choice as one JSON document on stdout')
    .addHelpText(
      'after',
      '\nExamples:\n  aimle explain runs/l2x-aimle-20240517-093000 "a fine head , and a nose of malt ."' +
        '\n  aimle explain runs/l2x-aimle-20240517-093000 --text skunky' +
        '\n  aimle explain runs/l2x-aimle-20240517-093000 review.txt --html review.html' +
        '\n\nWords that the model chose are marked, and so are words that its training texts do not have: it cannot tell those apart.',
    )
    .action(async (run: string, given: string | undefined, raw: unknown) => {
      const { engine, html, json, text: quoted } = parsed(schema, raw);
      const { wordsOf } = await import('@aimle/datasets');
      const { openExplainer } = await import('@aimle/learning-to-explain');
      if (given !== undefined && quoted !== undefined) {
        throw new RequestError('a text is given twice, as an argument and by --text; leave one out');
      }
      const text = quoted ?? (await textGiven(given));
      if (text.trim() === '')
        throw new RequestError('the text to explain has no words; give a text, a file or stdin');
      await startEngine(engine, terminal);
      const explainer = await openExplainer(run, { note: (message) => terminal.stderr(message) });
      const { maxLength, aspect, truncate, data, scoreRange } = explainer.config;
      // Split into words as the run's training texts were.
      const tokens = data === 'texts' ? wordsOf(text) : reviewWords(text);
      const read = truncate === 'end' ? tokens.slice(0, maxLength) : tokens.slice(-maxLength);
      if (read.length < tokens.length) {
        terminal.stderr(`The text has ${tokens.length} words; the model reads ${maxLength} of them.`);
      }
      const [prediction] = await explainer.explain([read]).finally(() => explainer.dispose());
      const { rating, chosen, unknown } = prediction!;
      const explanation = { rating, tokens: read, chosen, unknown };
      // In the scale of the run's texts; ratings of reviews are shares of 1.
      const [low, high] = data === 'texts' ? scoreRange : [0, 1];
      const score = low + rating * (high - low);
      const scale = data === 'texts' ? `, from ${low} to ${high}` : ' of 1';
      const title = `${aspect}: ${score.toFixed(2)}${scale}`;
      if (html !== undefined) {
        const { writeExplanation } = await import('@aimle/report');
        const words = read.map((word, at) => ({
          word,
          chosen: chosen.includes(at),
          unknown: unknown.includes(at),
        }));
        await writeExplanation({ title, words }, html);
      }
      if (json) return terminal.json({ aspect, score, ...explanation, words: chosen.map((at) => read[at]) });
      const { green, bold, dim } = terminal.stdoutInk;
      // Without colours, brackets and braces mark words.
      const plain = green('x') === 'x';
      const shown = marked(explanation, {
        chosen: (word) => (plain ? `[${word}]` : bold(green(word))),
        unknown: (word) => (plain ? `{${word}}` : dim(word)),
      });
      if (unknown.length > 0) terminal.stderr(unknownText(explanation, plain ? 'in braces' : 'dim'));
      terminal.stdout(`${wrap(shown, terminal.columns)}\n\n${title}`);
      if (html !== undefined) terminal.stderr(`page: ${html}`);
    });
}

async function textGiven(given: string | undefined): Promise<string> {
  if (given === undefined || given === '-') return textOf(process.stdin);
  return readFile(given, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EISDIR') throw new RequestError(`${given} is a folder; name a file, or use --text`);
    if (error.code !== 'ENOENT' && error.code !== 'ENAMETOOLONG' && error.code !== 'ENOTDIR') throw error;
    if (looksLikeText(given)) return given;
    throw new RequestError(
      `there is no file ${given}; to explain it as a text, write --text ${commandLine([given])}`,
    );
  });
}

/** Whether what names no file is meant as a text: several words, the last of which does not end like a file's name. */
function looksLikeText(given: string): boolean {
  return (
    given.trim() === '' || (/\S\s+\S/.test(given) && !/\.(txt|text|md|csv|tsv|json|html?)$/i.test(given))
  );
}

function marked(
  { tokens, chosen, unknown }: Explanation,
  mark: { readonly chosen: (word: string) => string; readonly unknown: (word: string) => string },
): string {
  const [chosenSet, unknownSet] = [new Set(chosen), new Set(unknown)];
  return tokens
    .map((word, at) => {
      const known = unknownSet.has(at) ? mark.unknown(word) : word;
      return chosenSet.has(at) ? mark.chosen(known) : known;
    })
    .join(' ');
}

/** Says which words the model cannot tell apart, and how they are marked. */
function unknownText({ tokens, unknown }: Explanation, how: string): string {
  const words = [...new Set(unknown.map((at) => tokens[at]!))];
  const named = words.slice(0, 5).join(', ') + (words.length > 5 ? ` and ${words.length - 5} more` : '');
  return `Not in the training texts, so the model cannot tell them apart (${how}): ${named}.`;
}

/**
 * Splits contractions off, keeps hyphens, points and slashes inside words, and separates punctuation. In order: n't;
 * 's and the like; the part before n't; words; punctuation marks.
 */
const PIECE =
  /n['’]t(?![\p{L}\p{N}])|['’](?:s|m|re|ve|ll|d)(?![\p{L}\p{N}])|[\p{L}\p{N}]+?(?=n['’]t(?![\p{L}\p{N}]))|[\p{L}\p{N}]+(?:[./-][\p{L}\p{N}]+)*|[^\s\p{L}\p{N}]/giu;

/** Splits a text into words as BeerAdvocate's files, and generated reviews, do: "did n't", "it 's". */
export function reviewWords(text: string): string[] {
  return (text.toLowerCase().match(PIECE) ?? []).map((word) => word.replace('’', "'"));
}
