import { spawn } from 'node:child_process';
import { openSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { vi } from 'vitest';
import { inProcess, type Outcome } from './inProcess.js';

/** How a call departs from an ordinary one. */
export interface Circumstances {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Runs in a process of its own. So do calls with any of the following. */
  readonly apart?: boolean;
  /** Sends Ctrl-C when stderr first holds this text. */
  readonly interruptAt?: string;
  /** Runs as a user who may write almost nowhere, where we could become one. */
  readonly unprivileged?: boolean;
  /** Closes our end of stdout before anything comes, as a `| head` that has ended. */
  readonly hangUp?: boolean;
  /** Gives it a stdout that takes nothing, as a full disk. */
  readonly fullStdout?: boolean;
}

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));
const tsx = import.meta.resolve('tsx');

/** One call at a time: folder and environment belong to the whole process. */
let turn: Promise<unknown> = Promise.resolve();

/**
 * Runs the program on the wasm engine, with neither data nor native engine. Where nothing is asked that only a process
 * can do, it runs in this one: starting another costs more processor time than most of what is tested.
 */
export async function cli(argv: readonly string[], circumstances: Circumstances = {}): Promise<Outcome> {
  const { cwd = await freshFolder(), apart, interruptAt, unprivileged, hangUp, fullStdout } = circumstances;
  const env = {
    AIMLE_ENGINE: 'wasm',
    AIMLE_DATA: join(cwd, 'data'),
    AIMLE_NATIVE: join(cwd, 'native'),
    ...circumstances.env,
  };
  if (apart || interruptAt !== undefined || unprivileged || hangUp || fullStdout) {
    return spawned(argv, { ...circumstances, cwd, env });
  }
  const outcome = turn.then(() => here(argv, cwd, env));
  turn = outcome.catch(() => {});
  return outcome;
}

async function here(
  argv: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>>,
): Promise<Outcome> {
  const before = { cwd: process.cwd(), script: process.argv[1]! };
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  process.argv[1] = main;
  process.chdir(cwd);
  try {
    return await inProcess(argv);
  } finally {
    process.chdir(before.cwd);
    process.argv[1] = before.script;
    vi.unstubAllEnvs();
  }
}

async function spawned(argv: readonly string[], circumstances: Circumstances): Promise<Outcome> {
  const { cwd, env, interruptAt, hangUp = false, unprivileged = false, fullStdout = false } = circumstances;
  const interrupting = interruptAt === undefined ? [] : ['--import', interruption(interruptAt)];
  const flags = ['--conditions=@aimle/source', '--import', tsx, ...interrupting];
  const child = spawn(process.execPath, [...flags, main, ...argv], {
    cwd,
    env: { ...process.env, ...env },
    ...(unprivileged && process.getuid?.() === 0 && { uid: 65534, gid: 65534 }),
    stdio: ['ignore', fullStdout ? openSync('/dev/full', 'w') : 'pipe', 'pipe'],
  });
  if (hangUp) child.stdout?.destroy();
  const printed = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.setEncoding('utf8').on('data', (text: string) => {
      printed[name] += text;
    });
  }
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  return { code, ...printed };
}

/** A module by which a process gets Ctrl-C the moment it says `text`: sent from here, it could come after the end. */
function interruption(text: string): string {
  return `data:text/javascript,${encodeURIComponent(`
    const write = process.stderr.write;
    let said = '';
    process.stderr.write = function (part, ...more) {
      const before = said.includes(${JSON.stringify(text)});
      said += part;
      if (!before && said.includes(${JSON.stringify(text)})) process.kill(process.pid, 'SIGINT');
      return write.call(this, part, ...more);
    };
  `)}`;
}

export function freshFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'aimle-cli-'));
}

/** Options of a training that takes a second: a small network on a few generated digits. */
export const tiny = [
  'train',
  'dvae',
  '--data',
  'digits',
  ...['trainCount=60', 'validationCount=20', 'testCount=20', 'batchSize=10'].flatMap((pair) => [
    '--set',
    pair,
  ]),
  ...['hidden=24,16', 'codes=3', 'codeSize=6', 'k=2'].flatMap((pair) => ['--set', pair]),
] as const;
