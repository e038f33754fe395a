import { spawn } from 'node:child_process';

/** How a command ended. */
export interface CommandResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CommandOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal | undefined;
}

/** A command that is not on this machine. */
export class CommandMissing extends Error {
  constructor(command: string) {
    super(`the command ${command} is not on this machine's PATH`);
  }
}

/** Runs a command without a shell. Resolves with any exit code; throws CommandMissing where there is none. */
export function runCommand(
  command: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    const { signal, ...rest } = options;
    const child = spawn(command, args, {
      ...rest,
      ...(signal && { signal }),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.on('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'ENOENT' ? new CommandMissing(command) : error),
    );
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}

/** The lines of a failed command that say why: the last few, without npm's and pip's notices. */
export function lastWords({ code, stdout, stderr }: CommandResult): string {
  const lines = `${stdout}\n${stderr}`.split('\n').map((line) => line.trim());
  const telling = lines.filter(
    (line) => line !== '' && !/^(npm (notice|warn)|WARNING:|\[notice\])/i.test(line),
  );
  return telling.length === 0 ? `exit code ${code}` : telling.slice(-3).join(' | ').slice(-600);
}

/** The first of the commands that answers to `args`; undefined where none does. */
export async function firstCommand(
  commands: readonly string[],
  args: readonly string[],
): Promise<string | undefined> {
  for (const command of commands) {
    try {
      if ((await runCommand(command, args)).code === 0) return command;
    } catch (error) {
      if (!(error instanceof CommandMissing) && (error as NodeJS.ErrnoException).code !== 'EACCES')
        throw error;
    }
  }
  return undefined;
}
