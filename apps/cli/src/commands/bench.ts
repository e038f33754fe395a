import type { Command } from 'commander';
import { z } from 'zod';
import type { Call } from '../call.js';
import { UsageError } from '../failure.js';
import { engineHelp, engineOption, startEngine } from '../options/engine.js';
import { parsed } from '../options/values.js';
import { short } from '../terminal/wording.js';

const options = z.object({
  cases: z.string().default(''),
  engine: engineOption,
  json: z.boolean().default(false),
});

/** `aimle bench`: how fast layers and training steps are, one line a case. */
export function addBench(program: Command, { terminal }: Call): void {
  program
    .command('bench')
    .description('time layers and whole training steps: the median and the least of 7 runs')
    .option('--cases <prefix>', 'only cases whose names begin so, such as op/ or step/dvae-s1')
    .option(...engineHelp)
    .option('--json', 'print one JSON document a line on stdout')
    .action(async (raw: unknown) => {
      const { cases: prefix, engine: name, json } = parsed(options, raw);
      const { cases } = await import('../bench/cases.js');
      const { measure } = await import('../bench/measure.js');
      const chosen = cases.filter((subject) => subject.name.startsWith(prefix));
      if (chosen.length === 0) {
        const names = cases.map((subject) => subject.name).join(', ');
        throw new UsageError(
          `--cases must begin the name of a case, got ${JSON.stringify(prefix)}; there are ${names}`,
        );
      }
      const engine = await startEngine(name, terminal);
      for (const subject of chosen) {
        const { median, least } = await measure(subject);
        const memory = process.memoryUsage().rss / 1e6;
        if (json) {
          const line = {
            case: subject.name,
            ms: rounded(median),
            min_ms: rounded(least),
            engine: engine.name,
            threads: engine.threads,
            memory_mb: Math.round(memory),
          };
          terminal.answer(JSON.stringify(line));
        } else {
          const fastest = short(least).padStart(9);
          terminal.answer(
            `${subject.name.padEnd(22)}${short(median).padStart(9)} ms   least ${fastest} ms   ${Math.round(memory)} MB`,
          );
        }
      }
    });
}

const rounded = (milliseconds: number): number => Math.round(milliseconds * 1000) / 1000;
