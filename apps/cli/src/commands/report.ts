import { join } from 'node:path';
import type { Command } from 'commander';
import type { Call } from '../terminal/terminal.js';

export function addReport(command: Command, { terminal }: Call): void {
  command
    .argument('<runs...>', 'run directories')
    .option(
      '--out <file>',
      'the page (default: report.html in the run directory; for several runs, comparison.html here)',
    )
    .option('--json', 'print the path of the page as one JSON document on stdout')
    .addHelpText(
      'after',
      '\nExamples:\n  aimle report runs/first\n  aimle report runs/first runs/second --out both.html',
    )
    .action(async (runs: string[], { out, json }: { out?: string; json?: true }) => {
      const { writeReport } = await import('@aimle/report');
      const path = out ?? (runs.length === 1 ? join(runs[0]!, 'report.html') : 'comparison.html');
      await writeReport(runs, path);
      if (json) terminal.json({ report: path, runs });
      else terminal.stdout(path);
    });
}
