import { readFile } from 'node:fs/promises';
import { join, resolve as resolvePath } from 'node:path';
import type { RunSummary, Task, TaskConfig } from '@aimle/training';
import { extendConfig, type GivenSettings, makeConfig, RequestError } from '@aimle/training/settings';
import { z } from 'zod';
import { exitCode } from '../failure.js';
import { AGAIN, interruptible } from '../interruption.js';
import { commandLine, versions } from '../invocation.js';
import { configIn } from '../options/configFile.js';
import { engineOption, startEngine } from '../options/engine.js';
import { givenSettings, spelling } from '../options/taskSettings.js';
import { integer, oneOf, parsed } from '../options/values.js';
import { TrainingProgress } from '../progress/trainingProgress.js';
import { summaryJson, summaryText } from '../summary.js';
import type { Call, Terminal } from '../terminal/terminal.js';

const schema = z.object({
  preset: oneOf('--preset', ['quick', 'paper']).optional(),
  set: z.array(z.string()).default([]),
  config: z.string().min(1, '--config must name a file, got nothing').optional(),
  init: z.string().min(1, '--init must name a file, got nothing').optional(),
  engine: engineOption,
  run: z.string().min(1, '--run must name a folder, got nothing').optional(),
  resume: z.string().min(1, '--resume must name a run directory, got nothing').optional(),
  workers: integer('--workers', 1).default(1),
  json: z.boolean().default(false),
});

type RunOptions = z.output<typeof schema>;

/** Trains a task with the given options, shows progress, and sets the exit code. */
export async function train(
  task: Task<TaskConfig, unknown>,
  raw: Readonly<Record<string, unknown>>,
  call: Call,
): Promise<void> {
  const options = parsed(schema, raw);
  const request = await requested(task, options, givenSettings(task, raw, options.set));
  const summary = await trained(task, request, options, call);
  call.endWith(summary.interrupted ? exitCode.interrupted : exitCode.done);
}

/** Checks a request: what to train, and where. */
async function requested(task: Task<TaskConfig, unknown>, options: RunOptions, given: GivenSettings) {
  if (options.resume === undefined) {
    const { preset = 'quick' } = options;
    const base = options.config === undefined ? task : await presetIn(task, options.config, options.preset);
    const config = makeConfig(base, preset, given, spelling(task));
    const run = options.run ?? freshFolder(task.name, config.method ?? '');
    const init = options.init === undefined ? undefined : await weightsIn(options.init);
    return { config, preset: options.config === undefined ? preset : null, resume: false, run, init };
  }
  for (const [name, what] of [
    ['run', 'starts a new run'],
    ['config', 'is for a new run'],
    ['init', 'is for a new run'],
  ] as const) {
    if (options[name] !== undefined) {
      throw new RequestError(`--${name} ${what} and --resume continues one; leave one out`);
    }
  }
  const { openRun } = await import('@aimle/training');
  const { record } = await openRun(options.resume);
  if (record.task !== task.name) {
    throw new RequestError(
      `${options.resume} is a run of ${record.task}; resume it with train ${record.task}`,
    );
  }
  const config = extendConfig(task, record.config, given, spelling(task));
  return { config, preset: record.preset, resume: true, run: options.resume, init: undefined };
}

/** The task with the settings of a file as its presets. */
async function presetIn(
  task: Task<TaskConfig, unknown>,
  file: string,
  preset: 'quick' | 'paper' | undefined,
): Promise<Task<TaskConfig, unknown>> {
  const config = await configIn(task, file, preset);
  return { ...task, presets: { quick: config, paper: config } };
}

async function weightsIn(file: string) {
  const { readCheckpoint } = await import('@aimle/training');
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    throw new RequestError(
      error.code === 'ENOENT'
        ? `there is no file ${file}`
        : `--init: ${file} cannot be read: ${error.message}`,
    );
  });
  try {
    return { weights: (await readCheckpoint(new Uint8Array(bytes), file)).weights, name: resolvePath(file) };
  } catch (error) {
    throw new RequestError((error as Error).message, { cause: error });
  }
}

async function trained(
  task: Task<TaskConfig, unknown>,
  { config, preset, resume, run, init }: Awaited<ReturnType<typeof requested>>,
  { engine, workers, json }: RunOptions,
  { terminal, argv }: Call,
): Promise<RunSummary> {
  const { trainTask } = await import('@aimle/training');
  // Every worker needs an engine of its own, which native is not.
  const wanted = workers > 1 && engine === 'auto' && !process.env['AIMLE_ENGINE'] ? 'wasm' : engine;
  await startEngine(wanted, terminal);
  const progress = new TrainingProgress(terminal);
  const summary = await interruptible(
    (signal) =>
      trainTask(task, config, {
        run,
        resume,
        workers,
        signal,
        onEvent: (event) => progress.onEvent(event),
        command: `aimle ${commandLine(argv)}`,
        versions: versions(),
        ...(preset !== null && { preset }),
        ...(init !== undefined && { init }),
      }),
    () =>
      progress.print(`${progress.begun ? 'Stopping after this step, then saving' : 'Stopping'}. ${AGAIN}`),
  ).finally(() => progress.clear());
  const report = await reported(run, terminal);
  const again = optionsAgain(engine, workers);
  if (!json) {
    terminal.stdout(
      summaryText(summary, { report, beginSteps: progress.beginSteps, again }, terminal.stdoutInk),
    );
    return summary;
  }
  terminal.json(summaryJson(summary));
  if (summary.interrupted) {
    const resume = `aimle train ${summary.task} --resume ${commandLine([run])}${again}`;
    terminal.stderr(
      `Stopped after step ${summary.steps}, exit code ${exitCode.interrupted}. To resume:\n  ${resume}`,
    );
  }
  return summary;
}

/** The options that a resumption needs again, since a run does not keep them. */
function optionsAgain(engine: RunOptions['engine'], workers: number): string {
  return `${engine === 'auto' ? '' : ` --engine ${engine}`}${workers === 1 ? '' : ` --workers ${workers}`}`;
}

/** Writes the run's report page. The run is complete without it, so a failure is only reported. */
async function reported(run: string, terminal: Terminal): Promise<string | null> {
  const { writeReport } = await import('@aimle/report');
  const path = join(run, 'report.html');
  try {
    await writeReport([run], path);
    return path;
  } catch (error) {
    terminal.stderr(`The report could not be written: ${error instanceof Error ? error.message : error}`);
    return null;
  }
}

function freshFolder(task: string, method: string): string {
  const now = new Date();
  const [date, time] = new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().split('T');
  const stamp = `${date!.replaceAll('-', '')}-${time!.slice(0, 8).replaceAll(':', '')}`;
  return join('runs', [task, method, stamp].filter((part) => part !== '').join('-'));
}
