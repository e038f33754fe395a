import { readFile } from 'node:fs/promises';
import { text as textOf } from 'node:stream/consumers';
import { RequestError } from '@aimle/training/errors';
import type { Command } from 'commander';
import { z } from 'zod';
import { engineHelp, engineOption, startEngine } from '../options/engine.js';
import { parsed } from '../options/values.js';
import type { Call } from '../terminal/terminal.js';
import { wrap } from '../terminal/wrap.js';

const schema = z.object({
  engine: engineOption,
  html: z.string().min(1, '--html must name a file, got nothing').optional(),
  json: z.boolean().default(false),
});

interface Explanation {
  readonly rating: number;
  readonly tokens: readonly string[];
  readonly chosen: readonly number[];
}

export function addExplain(command: Command, { terminal }: Call): void {
  command
    .argument('<run>', 'the run directory')
    .argument('[text]', 'the text, or a file with it; default, or -: stdin')
    .option('--html <file>', 'also write a page')
    .option(...engineHelp)
    .option('--json', 'print the rating, the words and the choice as one JSON document on stdout')
    .addHelpText(
      'after',
      '\nExamples:\n  aimle explain runs/l2x-aimle-20240517-093000 "a fine head , and a nose of malt ."' +
        '\n  aimle explain runs/l2x-aimle-20240517-093000 review.txt --html review.html',
    )
    .action(async (run: string, given: string | undefined, raw: unknown) => {
      const { engine, html, json } = parsed(schema, raw);
      const { wordsOf } = await import('@aimle/datasets');
      const { openExplainer } = await import('@aimle/learning-to-explain');
      const text = await textGiven(given);
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
      const explanation = { rating: prediction!.rating, tokens: read, chosen: prediction!.chosen };
      // In the scale of the run's texts; ratings of reviews are shares of 1.
      const [low, high] = data === 'texts' ? scoreRange : [0, 1];
      const score = low + explanation.rating * (high - low);
      const scale = data === 'texts' ? `, from ${low} to ${high}` : ' of 1';
      const title = `${aspect}: ${score.toFixed(2)}${scale}`;
      if (html !== undefined) {
        const { writeExplanation } = await import('@aimle/report');
        const words = read.map((word, at) => ({ word, chosen: explanation.chosen.includes(at) }));
        await writeExplanation({ title, words }, html);
      }
      if (json)
        return terminal.json({
          aspect,
          score,
          ...explanation,
          words: explanation.chosen.map((at) => read[at]),
        });
      const { green, bold } = terminal.stdoutInk;
      // Without colours, brackets mark the chosen words.
      const plain = green('x') === 'x';
      const shown = marked(explanation, (word) => (plain ? `[${word}]` : bold(green(word))));
      terminal.stdout(`${wrap(shown, terminal.columns)}\n\n${title}`);
      if (html !== undefined) terminal.stderr(`page: ${html}`);
    });
}

async function textGiven(given: string | undefined): Promise<string> {
  if (given === undefined || given === '-') return textOf(process.stdin);
  return readFile(given, 'utf8').catch((error: NodeJS.ErrnoException) => {
    // Not a file, so it is the text itself.
    if (error.code === 'ENOENT' || error.code === 'ENAMETOOLONG') return given;
    throw error;
  });
}

function marked({ tokens, chosen }: Explanation, mark: (word: string) => string): string {
  const set = new Set(chosen);
  return tokens.map((word, at) => (set.has(at) ? mark(word) : word)).join(' ');
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
