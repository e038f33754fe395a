import { choiceText, constraintOf, type Setting } from './setting.js';
import type { SettingsTable } from './settingsTable.js';

/** Formats a setting's defaults: one, or one for each preset; empty if it has none. */
export function defaultText({ presets }: SettingsTable<object>, setting: string): string {
  const text = (preset: object): string | undefined => {
    const value = (preset as Readonly<Record<string, unknown>>)[setting];
    return value === undefined ? undefined : String(value);
  };
  const [quick, paper] = [text(presets.quick), text(presets.paper)];
  if (quick === paper) return quick ?? '';
  return [quick && `${quick} in quick`, paper && `${paper} in paper`].filter(Boolean).join(', ');
}

/** Says with which values of other settings a setting is read; empty if always. */
export function readWhen({ rows }: SettingsTable<object>, setting: string): string {
  const { when = {}, sets } = rows[setting]!;
  const conditions = Object.entries(when).flatMap(([other, values]) => {
    const row = rows[other]!;
    if (row.kind !== 'choice' || sets?.['*']?.[other] !== undefined) return [];
    const known = values.filter((value) => row.of.includes(value));
    return known.length === row.of.length ? [] : [`${other} ${listed(known.map(choiceText))}`];
  });
  return conditions.join(', ');
}

/** What a reader calls the settings and their values, by identifier; without those that say it themselves. */
export function titlesOf({ rows }: Pick<SettingsTable<object>, 'rows'>): Readonly<Record<string, string>> {
  const own = Object.entries(rows).map(([setting, row]) => ({
    ...(row.title !== undefined && { [setting]: row.title }),
    ...row.titles,
  }));
  return Object.assign({}, ...own);
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join() : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

/**
 * Formats the settings of a task as a page of the docs: a Markdown table per group, under headings of the second level.
 *
 * @example
 * ```ts
 * import { loopSettings, settingsMarkdown, settingsTable } from '@aimle/training';
 *
 * const settings = settingsTable({
 *   name: 'line', title: 'A line', about: 'Fits a line.',
 *   groups: { Training: loopSettings }, presets: { paper: { epochs: 100 }, quick: { epochs: 10 } },
 * });
 * settingsMarkdown(settings).includes('| `epochs` | an integer of at least 1 | 10 in quick, 100 in paper |'); // => true
 * ```
 */
export function settingsMarkdown(table: SettingsTable<object>): string {
  const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
  const line = (setting: string, row: Setting): string => {
    const when = readWhen(table, setting);
    const help = `${row.help}${when === '' ? '' : ` (only with ${when})`}`;
    const cells = [`\`${setting}\``, constraintOf(row), defaultText(table, setting), help];
    return `| ${cells.map(cell).join(' | ')} |`;
  };
  const section = ([heading, rows]: [string, Readonly<Record<string, Setting>>]): string =>
    [
      `## ${heading}`,
      '',
      '| setting | value | default | what it is for |',
      '| --- | --- | --- | --- |',
      ...Object.entries(rows).map(([setting, row]) => line(setting, row)),
    ].join('\n');
  return [table.about, ...Object.entries(table.groups).map(section)].join('\n\n');
}
