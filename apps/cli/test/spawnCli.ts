import { spawn } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What a call of the program left behind. */
export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** How a call departs from an ordinary one. */
export interface Circumstances {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Sends Ctrl-C when stderr first holds this text. */
  readonly interruptAt?: string;
  /** Runs as a user who may write almost nowhere, where we could become one. */
  readonly unprivileged?: boolean;
  /** Closes our end of stdout before anything comes, as a `| head` that has ended. */
  readonly hangUp?: boolean;
}

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));
const tsx = import.meta.resolve('tsx');

/** Runs the program from its source, in a process of its own, on the wasm engine, with neither data nor native engine. */
export async function cli(words: readonly string[], circumstances: Circumstances = {}): Promise<Outcome> {
  const {
    env = {},
    cwd = await freshFolder(),
    interruptAt,
    hangUp = false,
    unprivileged = false,
  } = circumstances;
  const child = spawn(process.execPath, ['--conditions=@aimle/source', '--import', tsx, main, ...words], {
    cwd,
    env: {
      ...process.env,
      AIMLE_ENGINE: 'wasm',
      AIMLE_DATA: join(cwd, 'data'),
      AIMLE_NATIVE: join(cwd, 'native'),
      ...env,
    },
    ...(unprivileged && process.getuid?.() === 0 && { uid: 65534, gid: 65534 }),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (hangUp) child.stdout.destroy();
  const heard = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    heard.stdout += text;
  });
  let interrupted = false;
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    heard.stderr += text;
    if (interrupted || interruptAt === undefined || !heard.stderr.includes(interruptAt)) return;
    interrupted = true;
    child.kill('SIGINT');
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  return { code, ...heard };
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
