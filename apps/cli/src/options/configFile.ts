import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Task, TaskConfig } from '@aimle/training';
import {
  constraintOf,
  type GivenSettings,
  makeConfig,
  namesFile,
  RequestError,
  type Setting,
  takes,
} from '@aimle/training/settings';
import { aliasOf } from './aliases.js';
import { pathIn } from './taskSettings.js';
import { suggestion } from './values.js';

/**
 * Reads settings from a JSON file, as a preset that options change: an object of settings by name, which changes a preset, or
 * the config.json of a run, which has all of them. Files are named from the folder of the JSON file.
 *
 * @param preset What an object of settings changes: quick, if not given. The config.json of a run takes none.
 * @throws {@link RequestError} that names the file and what is wrong in it.
 */
export async function configIn(
  task: Task<TaskConfig, unknown>,
  file: string,
  preset: 'quick' | 'paper' | undefined,
): Promise<TaskConfig> {
  const given = await objectIn(file);
  if (typeof given['format'] === 'string' && isObject(given['config'])) {
    if (given['task'] !== task.name) {
      throw new RequestError(`${file} is of a run of ${given['task']}; use it with train ${given['task']}`);
    }
    if (preset !== undefined) {
      throw new RequestError(
        `--preset does nothing with ${file}, which has every setting of a run; leave one out`,
      );
    }
    return checked(file, () => task.check(given['config'] as object));
  }
  const settings = Object.entries(given).map(([setting, value]): [string, unknown] => {
    const row = Object.hasOwn(task.rows, setting) ? task.rows[setting] : undefined;
    return [
      setting,
      row !== undefined && typeof value === 'string' ? placed(row, value, dirname(file)) : value,
    ];
  });
  const problems = settings.flatMap(([setting, value]) => problemOf(task.rows, setting, value));
  if (problems.length > 0)
    throw new RequestError(problems.map((problem) => `${file}: ${problem}`).join('\n'));
  const known = Object.fromEntries(settings) as GivenSettings;
  return checked(file, () => makeConfig(task, preset ?? 'quick', known));
}

/** A text, or the absolute path of the file that it names. */
function placed(row: Setting, text: string, folder: string): string {
  return pathIn(row, text, folder) ?? (namesFile(row, text) ? resolve(folder, text) : text);
}

async function objectIn(file: string): Promise<Readonly<Record<string, unknown>>> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new RequestError(
      error.code === 'ENOENT'
        ? `there is no file ${file}`
        : `--config: ${file} cannot be read: ${error.message}`,
    );
  });
  let parsed: unknown;
  try {
    parsed = (await import('@aimle/datasets')).parseJson(text);
  } catch (error) {
    throw new RequestError(`${file} must be JSON: ${(error as Error).message}`);
  }
  if (isObject(parsed)) return parsed;
  throw new RequestError(
    `${file} must hold an object of settings, such as {"epochs": 20, "learningRate": 5e-4}`,
  );
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function problemOf(rows: Readonly<Record<string, Setting>>, setting: string, value: unknown): string[] {
  const row = Object.hasOwn(rows, setting) ? rows[setting] : undefined;
  if (row === undefined) {
    const known = Object.keys(rows);
    return [
      `there is no setting ${setting}${suggestion(aliasOf(setting) ?? setting, known)}; there are ${known.join(', ')}`,
    ];
  }
  return takes(row, value) ? [] : [`${setting} must be ${constraintOf(row)}, got ${JSON.stringify(value)}`];
}

/** Adds the file's name to what a check says. */
function checked<Result>(file: string, check: () => Result): Result {
  try {
    return check();
  } catch (error) {
    if (error instanceof RequestError) throw new RequestError(`${file}: ${error.message}`);
    throw error;
  }
}
