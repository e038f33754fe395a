import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const execute = promisify(execFile);

export class CommandMissing extends Error {
  constructor(command: string) {
    super(`the command ${command} is not on this machine's PATH`);
  }
}

/** Runs a command without a shell and returns its stdout; an error is `failure` with the command's last lines. */
export async function runCommand(
  command: string,
  args: readonly string[],
  options: { readonly env?: NodeJS.ProcessEnv; readonly signal?: AbortSignal | undefined },
  failure: string,
): Promise<string> {
  try {
    const running = execute(command, args, { ...options, encoding: 'utf8', maxBuffer: 1 << 26 });
    running.child.stdin?.end();
    return (await running).stdout;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw new CommandMissing(command);
    throw new Error(`${failure}: ${lastLines(error as NodeJS.ErrnoException)}`, { cause: error });
  }
}

/** Finds the first of the commands that succeeds with `args`; undefined if none does. */
export async function firstCommand(
  commands: readonly string[],
  args: readonly string[],
): Promise<string | undefined> {
  for (const command of commands) {
    const succeeds = await runCommand(command, args, {}, command).then(
      () => true,
      () => false,
    );
    if (succeeds) return command;
  }
  return undefined;
}

/** The last lines of a failed command, without npm's and pip's notices. */
function lastLines(error: NodeJS.ErrnoException & { stdout?: string; stderr?: string }): string {
  const { stdout = '', stderr = '', code, message } = error;
  const telling = `${stdout}\n${stderr}`
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !/^(npm (notice|warn)|WARNING:|\[notice\])/i.test(line));
  if (telling.length > 0) return telling.slice(-3).join(' | ').slice(-600);
  return typeof code === 'number' ? `exit code ${code}` : message;
}
