import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** What one process measured of one case. */
export interface Measurement {
  readonly ms: number;
  readonly memory_mb: number;
  /** What it ran on: an engine, or PyTorch's version; with its threads. */
  readonly on: string;
}

/** One of the two that are compared. */
export interface Contender {
  readonly label: string;
  /** Measures a case in a fresh process; null where it does not have the case. */
  measure(subject: string): Measurement | null;
}

/** What both must agree on. */
export interface Conditions {
  readonly threads: number;
  /** The engine of `aimle bench`. */
  readonly engine: string;
}

/** `aimle bench` of a built clone of this repository. */
export function bench(label: string, clone: string, { threads, engine }: Conditions): Contender {
  return {
    label,
    measure(subject) {
      const words = [
        `${clone}/apps/cli/bin/aimle.js`,
        'bench',
        '--cases',
        subject,
        '--engine',
        engine,
        '--json',
      ];
      const row = rowOf(subject, process.execPath, words, { AIMLE_THREADS: String(threads) });
      return row && { ms: row.ms, memory_mb: row.memory_mb, on: on(row.engine, row.threads) };
    },
  };
}

/** Where the official code and its timings are. */
export interface Reference {
  readonly python: string;
  /** The script of the timings. */
  readonly script: string;
  /** A checkout of the official code. */
  readonly code: string;
}

/** The official PyTorch code, timed by a script that takes `--cases` and `--threads`. */
export function reference({ python, script, code }: Reference, { threads }: Conditions): Contender {
  const oneCase = fileURLToPath(new URL('oneCase.py', import.meta.url));
  return {
    label: 'PyTorch',
    measure(subject) {
      const words = [oneCase, script, subject, '--threads', String(threads)];
      const row = rowOf(subject, python, words, { PYTHONPATH: code, PYTHONDONTWRITEBYTECODE: '1' });
      return (
        row && {
          ms: row.ms,
          memory_mb: row.memory_mb,
          on: on(`PyTorch ${row.torch}${row.note ? ` (${row.note})` : ''}`, row.threads),
        }
      );
    },
  };
}

interface Row {
  readonly case: string;
  readonly ms: number;
  readonly memory_mb: number;
  readonly threads: number;
  readonly engine?: string;
  readonly torch?: string;
  /** Which of several ways the timings took, such as a solver in C++. */
  readonly note?: string;
}

/** The line of a case that a program prints; null where there is none, which it may say by an exit code. */
function rowOf(subject: string, program: string, words: string[], env: Record<string, string>): Row | null {
  const { stdout, stderr, status, error } = spawnSync(program, words, {
    env: { ...process.env, ...env },
    encoding: 'utf8',
  });
  if (error) throw error;
  const rows = stdout.split('\n').flatMap((line) => (line.startsWith('{') ? [JSON.parse(line) as Row] : []));
  const row = rows.find((each) => each.case === subject);
  if (row !== undefined) return row;
  // `aimle bench` refuses a case that it does not have by exit code 2; the timings print nothing, and end well.
  if (status === 0 || status === 2) return null;
  throw new Error(`${program} ${words.join(' ')}: exit code ${status}\n${stderr}`);
}

const on = (what: string | undefined, threads: number): string =>
  `${what}, ${threads} ${threads === 1 ? 'thread' : 'threads'}`;
