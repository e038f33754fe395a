import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  constraintOf,
  type GivenSettings,
  namesFile,
  RequestError,
  type Setting,
  type SettingsTable,
  type SettingValue,
  takes,
  valueFrom,
} from '@aimle/training/settings';
import { aliasOf } from './aliases.js';
import { suggestion } from './values.js';

type Rows = SettingsTable<object>['rows'];

/** Returns how the command line names a setting: `--text-column`, or `--set hidden` for those without an option. */
export function spelling({ rows }: { readonly rows: Rows }): (setting: string) => string {
  return (setting) => (rows[setting]?.option === undefined ? `--set ${setting}` : dashed(setting));
}

export function dashed(setting: string): string {
  return `--${setting.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/**
 * Converts and checks the settings given as options and by `--set NAME=VALUE`. Files become absolute paths, so that a run
 * can be resumed from anywhere.
 *
 * @param options As commander passes them: text by setting.
 * @throws {@link RequestError} with one line for each setting that is unknown or whose value does not fit.
 */
export function givenSettings(
  table: { readonly rows: Rows },
  options: Readonly<Record<string, unknown>>,
  pairs: readonly string[],
): GivenSettings {
  const { rows } = table;
  const problems: string[] = [];
  const read = (setting: string, text: string): [string, SettingValue] => {
    const row = rows[setting]!;
    const value = pathIn(row, text) ?? valueFrom(row, text);
    if (!takes(row, value)) {
      const near = row.kind === 'choice' ? suggestion(text, row.of) : '';
      problems.push(
        `${spelling(table)(setting)} must be ${constraintOf(row)}, got ${JSON.stringify(text)}${near}`,
      );
    }
    return [setting, namesFile(row, value) ? resolve(text) : value];
  };
  const given = Object.entries(options).filter(
    (entry): entry is [string, string] => rows[entry[0]]?.option !== undefined,
  );
  const asked = [...given, ...pairs.map((pair) => assignment(rows, pair))].map(([setting, text]) =>
    read(setting, text),
  );
  if (problems.length > 0) throw new RequestError(problems.join('\n'));
  return Object.fromEntries(asked);
}

/** The path that a choice takes in place of a name, if the text is one: it names a file or folder, or has an extension. */
export function pathIn(row: Setting, text: string, folder = '.'): string | null {
  if (row.kind !== 'choice' || !row.of.includes('*/') || row.of.includes(text)) return null;
  const path = resolve(folder, text);
  return existsSync(path) || /\.\w+$/.test(text) ? path : null;
}

function assignment(rows: Rows, pair: string): [string, string] {
  const [, setting, text] = /^([^=]*)=(.*)$/s.exec(pair) ?? [];
  if (setting === undefined || text === undefined) {
    throw new RequestError(`--set must be NAME=VALUE, such as batchSize=50, got ${JSON.stringify(pair)}`);
  }
  const row = Object.hasOwn(rows, setting) ? rows[setting] : undefined;
  if (row === undefined) {
    const known = Object.keys(rows).filter((name) => rows[name]!.option === undefined);
    const near = suggestion(aliasOf(setting) ?? setting, known);
    throw new RequestError(`--set has no setting ${setting}${near}; there are ${known.join(', ')}`);
  }
  if (row.option !== undefined)
    throw new RequestError(`--set ${setting}: use ${spelling({ rows })(setting)} ${text}`);
  return [setting, text];
}
