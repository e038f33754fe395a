import { RequestError } from '@aimle/training/errors';
import type { Command } from 'commander';
import { z } from 'zod';
import { engineHelp, engineOption, startEngine } from '../options/engine.js';
import { parsed } from '../options/values.js';
import type { Call } from '../terminal/terminal.js';
import { short } from '../terminal/wording.js';

const options = z.object({
  cases: z.string().default(''),
  engine: engineOption,
  json: z.boolean().default(false),
});

export function addBench(command: Command, { terminal }: Call): void {
  command
    .option(
      '--cases <prefix>',
      'only cases whose names begin with this, such as op/, step/dvae-s1 or solver/topK',
    )
    .option(...engineHelp)
    .option('--json', 'print one JSON document a line on stdout')
    .action(async (raw: unknown) => {
      const { cases: prefix, engine: name, json } = parsed(options, raw);
      const { cases } = await import('../bench/cases.js');
      const { growths } = await import('../bench/solverCases.js');
      const chosen = cases.filter((subject) => subject.name.startsWith(prefix));
      const grown = growths.filter((subject) => subject.name.startsWith(prefix));
      if (chosen.length + grown.length === 0) {
        const names = [...cases, ...growths].map((subject) => subject.name).join(', ');
        throw new RequestError(
          `--cases must be the beginning of a case's name, got ${JSON.stringify(prefix)}; there are ${names}`,
        );
      }
      const print = (line: CaseLine, prose: string): void =>
        terminal.stdout(json ? JSON.stringify(line) : prose);
      if (chosen.length > 0) {
        const engine = await startEngine(name, terminal);
        const { measure } = await import('../bench/measure.js');
        for (const subject of chosen) {
          const { median, min } = await measure(subject);
          const line = caseLine(subject.name, median, min, engine.name, engine.threads);
          print(line, proseOf(line));
        }
      }
      if (grown.length > 0) {
        const { measureGrowth } = await import('../bench/growth.js');
        for (const subject of grown) {
          const { sizes, median, min, exponent } = measureGrowth(subject);
          const line = {
            ...caseLine(subject.name, median.at(-1)!, min.at(-1)!, 'none', 1),
            sizes,
            ms_by_size: min.map(rounded),
            exponent: Math.round(exponent * 100) / 100,
            textbook_exponent: subject.textbook,
          };
          const textbook = subject.textbook === null ? 'not a power' : subject.textbook.toFixed(2);
          const range = `${sizes[0]!.toLocaleString('en')} to ${sizes.at(-1)!.toLocaleString('en')}`;
          print(
            line,
            `${proseOf(line)}   size ${range}, exponent ${exponent.toFixed(2)}, textbook ${textbook}`,
          );
        }
      }
    });
}

type CaseLine = ReturnType<typeof caseLine>;

/** What scripts may rely on; where there are several sizes, times are those of the largest one, per instance. */
function caseLine(name: string, median: number, min: number, engine: string, threads: number) {
  const memory = Math.round(process.memoryUsage().rss / 1e6);
  return { case: name, ms: rounded(median), min_ms: rounded(min), engine, threads, memory_mb: memory };
}

function proseOf({ case: name, ms, min_ms, memory_mb }: CaseLine): string {
  return `${name.padEnd(26)}${short(ms).padStart(9)} ms   min ${short(min_ms).padStart(9)} ms   ${memory_mb} MB`;
}

const rounded = (milliseconds: number): number => Number(milliseconds.toPrecision(4));
