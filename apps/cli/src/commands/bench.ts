import type { EngineReport } from '@aimle/engine';
import { RequestError } from '@aimle/training/errors';
import type { Command } from 'commander';
import { z } from 'zod';
import type { Case } from '../bench/measure.js';
import { engineHelp, engineOption, startEngine } from '../options/engine.js';
import { parsed } from '../options/values.js';
import type { Call } from '../terminal/terminal.js';
import { short } from '../terminal/wording.js';

const options = z.object({
  cases: z.string().default(''),
  engine: engineOption,
  list: z.boolean().default(false),
  json: z.boolean().default(false),
});

export function addBench(command: Command, { terminal }: Call): void {
  command
    .option(
      '--cases <prefix>',
      'only cases whose names begin with this, such as op/ or solver/; a full name is that case alone',
    )
    .option(...engineHelp)
    .option('--list', 'print the names of the cases, and time nothing')
    .option('--json', 'print one JSON document a line on stdout')
    .action(async (raw: unknown) => {
      const { cases: prefix, engine: name, list, json } = parsed(options, raw);
      const [{ cases }, { growths }, { randomCases }, { measure }] = await Promise.all([
        import('../bench/cases.js'),
        import('../bench/solverCases.js'),
        import('../bench/randomCases.js'),
        import('../bench/measure.js'),
      ]);
      const names = [...cases, ...randomCases, ...growths].map((subject) => subject.name);
      const chosen = names.includes(prefix) ? [prefix] : names.filter((name) => name.startsWith(prefix));
      if (chosen.length === 0) {
        throw new RequestError(
          `--cases must be the beginning of a case's name, got ${JSON.stringify(prefix)}; there are ${names.join(', ')}`,
        );
      }
      if (list) return json ? terminal.json(chosen) : terminal.stdout(chosen.join('\n'));
      const isChosen = ({ name }: { readonly name: string }): boolean => chosen.includes(name);
      const print = (line: CaseLine, prose: string): void =>
        terminal.stdout(json ? JSON.stringify(line) : prose);
      const time = async (
        subjects: readonly Case[],
        engine: Pick<EngineReport, 'name' | 'threads'> | null,
      ) => {
        for (const subject of subjects) {
          const { median, min } = await measure(subject);
          const line = caseLine(subject.name, median, min, engine?.name ?? 'none', engine?.threads ?? 1);
          print(line, proseOf(line));
        }
      };
      const onEngine = cases.filter(isChosen);
      if (onEngine.length > 0) await time(onEngine, await startEngine(name, terminal));
      await time(randomCases.filter(isChosen), null);
      const grown = growths.filter(isChosen);
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

/**
 * What scripts may rely on; where there are several sizes, times are those of the largest one, per instance. The memory is
 * the peak of the process so far, so the peak of one case is that of a process that runs it alone.
 */
function caseLine(name: string, median: number, min: number, engine: string, threads: number) {
  const memory = Math.round((process.resourceUsage().maxRSS * 1024) / 1e6);
  return { case: name, ms: rounded(median), min_ms: rounded(min), engine, threads, memory_mb: memory };
}

function proseOf({ case: name, ms, min_ms, memory_mb }: CaseLine): string {
  return `${name.padEnd(29)}${short(ms).padStart(9)} ms   min ${short(min_ms).padStart(9)} ms   ${memory_mb} MB`;
}

const rounded = (milliseconds: number): number => Number(milliseconds.toPrecision(4));
