import { RequestError } from '../errors.js';
import { choiceText, matches, type SettingValue } from './setting.js';
import type { SettingsTable } from './settingsTable.js';

/** Values by the names of their settings. */
export type GivenSettings = Readonly<Record<string, SettingValue>>;

/** How settings are named in messages, such as `--k` for `k`. */
type Spell = (setting: string) => string;

/**
 * Makes the configuration of a new run: a preset, changed by the given settings and by what these set in turn. Optional
 * settings that would not be read are left out; settings that the method decides are written down. In the table's order.
 *
 * @throws {@link RequestError} when a given setting would not be read, or the table does not allow it.
 * @example
 * ```ts
 * import { makeConfig, settingsTable } from '@aimle/training';
 *
 * const settings = settingsTable({
 *   name: 'walk', title: 'Walk', about: 'Walks.',
 *   groups: {
 *     walk: {
 *       by: { kind: 'choice', of: ['foot', 'bus'], default: 'bus', help: 'how' },
 *       line: { kind: 'integer', min: 1, default: 7, when: { by: ['bus'] }, help: 'which bus' },
 *     },
 *   },
 *   presets: { paper: {}, quick: {} },
 * });
 * makeConfig(settings, 'quick', { line: 9 }); // => { by: 'bus', line: 9 }
 * let message = '';
 * try {
 *   makeConfig(settings, 'quick', { by: 'foot', line: 9 }, (setting) => `--${setting}`);
 * } catch (error) {
 *   message = (error as Error).message;
 * }
 * message; // => '--line does nothing with --by foot, only with bus; leave one out'
 * ```
 */
export function makeConfig<Config>(
  table: SettingsTable<Config>,
  preset: 'quick' | 'paper',
  given: GivenSettings,
  spell: Spell = (setting) => setting,
): Config {
  const { rows, presets, check } = table;
  const base = presets[preset] as GivenSettings;
  const changed = Object.entries(given).filter(([setting, value]) => base[setting] !== value);
  const merged = {
    ...base,
    ...impliedBy(table, Object.fromEntries(changed)),
    ...Object.assign({}, ...Object.keys(given).map((setting) => rows[setting]?.sets?.['*'])),
    ...given,
  };
  for (const setting of Object.keys(given)) {
    const blocker = unread(table, setting, merged);
    if (blocker === null) continue;
    throw new RequestError(
      `${spell(setting)} does nothing with ${spell(blocker.setting)} ${merged[blocker.setting]}, only with ` +
        `${blocker.values.map(choiceText).join(', ')}; leave one out`,
    );
  }
  const decided: GivenSettings = { ...impliedBy(table, merged), ...merged };
  const left = (setting: string) =>
    decided[setting] === undefined || (rows[setting]?.optional && unread(table, setting, decided) !== null);
  const written = Object.keys({ ...rows, ...decided }).filter((setting) => !left(setting));
  return check(Object.fromEntries(written.map((setting) => [setting, decided[setting]])));
}

export const lengthSettings: readonly string[] = ['epochs', 'steps'];

/**
 * Makes the configuration of a resumed run: its own, possibly longer. `epochs` replaces a number of steps.
 *
 * @throws {@link RequestError} when any other setting is given, or the recorded configuration is invalid.
 * @example
 * ```ts
 * import { extendConfig, loopSettings, settingsTable } from '@aimle/training';
 *
 * const settings = settingsTable({
 *   name: 'line', title: 'A line', about: 'Fits a line.',
 *   groups: { training: loopSettings }, presets: { paper: {}, quick: { steps: 5 } },
 * });
 * extendConfig(settings, settings.presets.quick, { epochs: 30 }).steps; // => undefined
 * ```
 */
export function extendConfig<Config>(
  { check }: SettingsTable<Config>,
  recorded: object,
  given: GivenSettings,
  spell: Spell = (setting) => setting,
): Config {
  const changed = Object.keys(given).find((setting) => !lengthSettings.includes(setting));
  if (changed !== undefined) {
    const may = lengthSettings.map(spell).join(' and ');
    throw new RequestError(`${spell(changed)} cannot change in a resumed run; only ${may} can`);
  }
  const { steps: _, ...withoutSteps } = recorded as { steps?: number };
  return check({ ...(given['epochs'] === undefined ? recorded : withoutSteps), ...given });
}

/** Lists the settings of a configuration that are not read, because of the values of others. */
export function unreadSettings(table: SettingsTable<unknown>, config: GivenSettings): string[] {
  return Object.keys(config).filter((setting) => unread(table, setting, config) !== null);
}

/** Returns the settings that other settings set by their values. */
function impliedBy({ rows }: SettingsTable<unknown>, values: GivenSettings): GivenSettings {
  const set = Object.entries(values).map(([setting, value]) => rows[setting]?.sets?.[String(value)]);
  return Object.assign({}, ...set);
}

/** Finds the setting that keeps another from being read, and the values with which it would be read; null if it is read. */
function unread(
  { rows }: SettingsTable<unknown>,
  setting: string,
  values: GivenSettings,
): { readonly setting: string; readonly values: readonly string[] } | null {
  for (const [other, wanted] of Object.entries(rows[setting]?.when ?? {})) {
    const row = rows[other]!;
    if (matches(values[other], wanted)) continue;
    return {
      setting: other,
      values: row.kind === 'choice' ? wanted.filter((value) => row.of.includes(value)) : wanted,
    };
  }
  return null;
}
