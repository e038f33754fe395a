import { RequestError } from '../errors.js';
import type { JsonValue } from '../json.js';
import type { Run } from '../run/run.js';
import { lengthSettings } from '../settings/configure.js';
import { namesFile, type SettingValue } from '../settings/setting.js';
import type { SettingsTable } from '../settings/settingsTable.js';
import type { RunCheckpoint } from './runCheckpoints.js';

type Config = Run['record']['config'];
type Rows = Pick<SettingsTable<unknown>, 'rows'>;

/**
 * The settings that a checkpoint keeps: all that decide its weights, so not how long the run is. Their values are kept
 * instead of a digest, so that an error can name the one that changed; the checkpoint's own SHA-256 covers them.
 */
export function boundSettings(config: Config): Config {
  return Object.fromEntries(Object.entries(config).filter(([setting]) => !lengthSettings.includes(setting)));
}

/**
 * Lists the bound settings that differ, with both values. A file may have moved to another folder: the sentence on the
 * session's data says whether it still holds what the run was trained on.
 */
export function differingSettings({ rows }: Rows, was: Config, is: Config): string[] {
  const [before, now] = [boundSettings(was), boundSettings(is)];
  return Object.keys({ ...before, ...now })
    .filter((setting) => comparable(setting, before[setting]) !== comparable(setting, now[setting]))
    .map((setting) => `${setting} was ${text(before[setting])}, now ${text(now[setting])}`);

  function comparable(setting: string, value: JsonValue | undefined): string {
    const row = rows[setting];
    const isFile = row !== undefined && typeof value === 'string' && namesFile(row, value as SettingValue);
    return text(isFile ? value.split(/[/\\]/).at(-1) : value);
  }
}

/** Checks that a run's `config.json` still says with which settings the checkpoint was trained. */
export function requireOwnSettings(
  table: Rows,
  { store, record }: Run,
  { path, training: { progress } }: RunCheckpoint,
): void {
  if (progress.settings === undefined) return; // written before checkpoints kept them
  const differing = differingSettings(table, progress.settings, record.config);
  if (differing.length === 0) return;
  throw new RequestError(
    `${store.name}/config.json has other settings than ${path} was trained with: ${differing.join('; ')}; ` +
      'restore them in config.json, or train a new run with the new ones',
  );
}

function text(value: JsonValue | undefined): string {
  return value === undefined ? 'absent' : JSON.stringify(value);
}
