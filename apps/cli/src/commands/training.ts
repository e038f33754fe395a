import { join } from 'node:path';
import type { RunSummary, Task, TaskConfig } from '@aimle/training';
import { RequestError } from '@aimle/training/errors';
import type { Call } from '../call.js';
import { exitCode } from '../failure.js';
import { interruptible } from '../interruption.js';
import { commandLine } from '../invocation.js';
import { startEngine } from '../options/engine.js';
import { TrainingProgress } from '../progress/trainingProgress.js';
import { summaryJson } from '../summaryJson.js';
import { summaryText } from '../summaryText.js';
import type { Terminal } from '../terminal/terminal.js';
import { versions } from '../versions.js';

/** What every task's options say of where and how. */
interface RunOptions<Preset extends string> {
  readonly preset: Preset;
  readonly run?: string | undefined;
  readonly resume?: string | undefined;
  readonly engine: Parameters<typeof startEngine>[0];
  readonly json: boolean;
}

/** What to train, and where. */
interface Request<Config> {
  readonly config: Config;
  readonly preset: string | null;
  readonly resume: boolean;
  readonly run: string;
}

/** How a task's options make a configuration. */
interface Configured<Config, Options> {
  /** That of a new run: a preset, changed by what was asked for. */
  newConfig(preset: Config, options: Options): Config;
  /** That of a run that goes on: its own, or longer. */
  resumedConfig(recorded: Config, options: Options): Config;
}

/** Trains a task as its options ask, tells how it goes, and sets the exit code. */
export async function train<Config extends TaskConfig, Batch, Options extends RunOptions<'quick' | 'paper'>>(
  task: Task<Config, Batch>,
  options: Options,
  configured: Configured<Config, Options>,
  call: Call,
): Promise<void> {
  const request = await requested(task, options, configured);
  const summary = await trained(task, request, options, call);
  call.endWith(summary.interrupted ? exitCode.interrupted : exitCode.done);
}

async function requested<Config extends TaskConfig, Batch, Options extends RunOptions<'quick' | 'paper'>>(
  task: Task<Config, Batch>,
  options: Options,
  { newConfig, resumedConfig }: Configured<Config, Options>,
): Promise<Request<Config>> {
  if (options.resume === undefined) {
    const config = newConfig(task.presets[options.preset], options);
    const run = options.run ?? freshFolder(task.name, config.method ?? '');
    return { config, preset: options.preset, resume: false, run };
  }
  if (options.run !== undefined) {
    throw new RequestError('--run begins a run and --resume goes on with one; leave one out');
  }
  const { openRun } = await import('@aimle/training');
  const { record } = await openRun(options.resume);
  if (record.task !== task.name) {
    throw new RequestError(
      `${options.resume} is a run of ${record.task}; resume it with train ${record.task}`,
    );
  }
  // Written by a run of this task, which had checked it; it is checked again before the first step.
  const config = resumedConfig(record.config as unknown as Config, options);
  return { config, preset: record.preset, resume: true, run: options.resume };
}

const again = 'Ctrl-C again leaves at once.';

async function trained<Config extends TaskConfig, Batch>(
  task: Task<Config, Batch>,
  { config, preset, resume, run }: Request<Config>,
  { engine, json }: RunOptions<string>,
  { terminal, words }: Call,
): Promise<RunSummary> {
  const { trainTask } = await import('@aimle/training');
  await startEngine(engine, terminal);
  const progress = new TrainingProgress(terminal);
  const summary = await interruptible(
    (signal) =>
      trainTask(task, config, {
        run,
        resume,
        signal,
        onEvent: (event) => progress.hear(event),
        command: `aimle ${commandLine(words)}`,
        versions: versions(),
        ...(preset !== null && { preset }),
      }),
    () => progress.say(`${progress.begun ? 'Stopping after this step, then saving' : 'Stopping'}. ${again}`),
  ).finally(() => progress.clear());
  const report = await reported(run, terminal);
  if (!json) {
    terminal.answer(summaryText(summary, report, terminal.answerInk));
    return summary;
  }
  terminal.json(summaryJson(summary));
  if (summary.interrupted) {
    const resume = `aimle train ${summary.task} --resume ${commandLine([run])}`;
    terminal.say(
      `Stopped after step ${summary.steps}, exit code ${exitCode.interrupted}. To go on:\n  ${resume}`,
    );
  }
  return summary;
}

/** Writes the page of the run; the run is good without it, so a page that fails is only told of. */
async function reported(run: string, terminal: Terminal): Promise<string | null> {
  const { writeReport } = await import('@aimle/report');
  const path = join(run, 'report.html');
  try {
    await writeReport([run], path);
    return path;
  } catch (error) {
    terminal.say(
      `The page of the run could not be written: ${error instanceof Error ? error.message : error}`,
    );
    return null;
  }
}

function freshFolder(task: string, method: string): string {
  const now = new Date();
  const [date, time] = new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().split('T');
  const stamp = `${date!.replaceAll('-', '')}-${time!.slice(0, 8).replaceAll(':', '')}`;
  return join('runs', [task, method, stamp].filter((part) => part !== '').join('-'));
}

/** An option that may be given several times. */
export const collect = (value: string, before: readonly string[] = []): string[] => [...before, value];
