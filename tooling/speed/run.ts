/**
 * Compares the speed of this repository with the official PyTorch code, or with another revision of itself: fresh
 * processes in turn, case by case, so that what else the machine does hits both. Prints one table.
 *
 * usage: npx -y pnpm@10 speed reference --code FOLDER [--python python3] [--script ../shared/bench/reference.py]
 *        npx -y pnpm@10 speed revisions BEFORE AFTER        (`.` is the working tree)
 * both:  [--cases op/,step/] [--rounds 5] [--threads 2] [--engine auto] [--markdown]
 *
 * FOLDER is a checkout of EdinburghNLP/torch-adaptive-imle; its Kruskal in C++ is used where it was built for that Python.
 */
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { command } from '../packed/command.js';
import { bench, type Contender, reference } from './contender.js';
import { type Comparison, inTurn } from './inTurn.js';
import { buildRevision, type Clone } from './revision.js';
import { comparisonTable, surroundings } from './table.js';

const usage =
  'usage: speed reference --code FOLDER | speed revisions BEFORE AFTER; tooling/speed/run.ts lists the options';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    cases: { type: 'string', default: 'op/,step/' },
    rounds: { type: 'string', default: '5' },
    threads: { type: 'string', default: String(availableParallelism()) },
    engine: { type: 'string', default: 'auto' },
    markdown: { type: 'boolean', default: false },
    code: { type: 'string' },
    python: { type: 'string', default: 'python3' },
    script: { type: 'string', default: '../shared/bench/reference.py' },
  },
});
const conditions = { threads: positive('threads'), engine: options.engine };
const rounds = positive('rounds');

const clones: Clone[] = [];
try {
  const pair = contenders(positionals);
  const labels = [pair[0].label, pair[1].label] as const;
  const comparisons: Comparison[] = [];
  for (const subject of subjectsOf(clones.at(-1)!.folder)) {
    const compared = inTurn(subject, pair, rounds);
    comparisons.push(compared);
    process.stderr.write(`${subject}: ${compared.ms.map((ms) => ms ?? 'none').join(' and ')} ms\n`);
  }
  const table = comparisonTable(labels, comparisons, options.markdown ? 'markdown' : 'text');
  process.stdout.write(`${table}\n\n${surroundings(labels, comparisons, rounds)}\n`);
} finally {
  for (const clone of clones) clone.remove();
}

function contenders([mode, before, after]: readonly string[]): readonly [Contender, Contender] {
  if (mode === 'reference' && options.code !== undefined) {
    const { python, script, code } = options;
    return [reference({ python, script, code }, conditions), built('.', 'aimle')];
  }
  if (mode === 'revisions' && before !== undefined && after !== undefined)
    return [built(before), built(after)];
  throw new Error(usage);
}

function built(revision: string, label?: string): Contender {
  process.stderr.write(`building ${revision}\n`);
  const clone = buildRevision(process.cwd(), revision);
  clones.push(clone);
  return bench(label ?? clone.label, clone.folder, conditions);
}

/** The names of the cases that begin with one of the given prefixes, as the newer contender has them. */
function subjectsOf(clone: string): string[] {
  return options.cases.split(',').flatMap((prefix) =>
    command([process.execPath, 'apps/cli/bin/aimle.js', 'bench', '--cases', prefix, '--list'], {
      folder: clone,
    })
      .trim()
      .split('\n'),
  );
}

function positive(name: 'rounds' | 'threads'): number {
  const value = Number(options[name]);
  if (!Number.isInteger(value) || value < 1) {
    throw new Error(`--${name} must be an integer of at least 1, got ${JSON.stringify(options[name])}`);
  }
  return value;
}
