import type { JsonValue } from '@aimle/training';
import type { ReportedRun } from './reportedRun.js';
import { settingText, worded } from './wording.js';

/** Runs that differ in their seed only. */
export interface Variant {
  /** What tells it from the others: the run's name, or the settings that differ. */
  readonly label: string;
  readonly runs: readonly ReportedRun[];
}

/** Longer labels do not fit a legend: then the first run's name stands for all. */
const MAX_LABEL = 40;

/** Groups the runs of a task by their settings, all but the seed. */
export function variantsOf(runs: readonly ReportedRun[]): Variant[] {
  const byKey = new Map<string, ReportedRun[]>();
  for (const run of runs) byKey.set(settingsKey(run), [...(byKey.get(settingsKey(run)) ?? []), run]);
  // The same seed twice is no further sample.
  const groups = [...byKey.values()].flatMap((same) =>
    new Set(same.map(({ record }) => record.config['seed'])).size === same.length
      ? [same]
      : same.map((run) => [run]),
  );
  const differ = differences(groups.map(([first]) => first!));
  return groups.map((group) => {
    const [first] = group as [ReportedRun];
    if (group.length === 1) return { label: first.name, runs: group };
    const settings = differ.map((name) => `${worded(name, first.record.titles)} ${valueText(first, name)}`);
    const told = settings.join(', ');
    const name = told === '' || told.length > MAX_LABEL ? first.name : told;
    return { label: `${name}, ${group.length} seeds`, runs: group };
  });
}

/** Lists the settings in which runs differ, but for the seed and settings that are not read. */
export function differences(runs: readonly ReportedRun[]): string[] {
  const names = [...new Set(runs.flatMap(({ record }) => Object.keys(record.config)))];
  return names.filter(
    (name) => name !== 'seed' && new Set(runs.map((run) => JSON.stringify(readValue(run, name)))).size > 1,
  );
}

/** The value of a setting as a reader gets it: a dash where it is not read. */
export function valueText(run: ReportedRun, setting: string): string {
  const value = readValue(run, setting);
  return value === undefined ? '–' : settingText(value, run.record.titles);
}

/** The value of a setting; undefined where the run has none, or does not read it. */
function readValue({ record }: ReportedRun, setting: string): JsonValue | undefined {
  return record.unread?.includes(setting) ? undefined : record.config[setting];
}

function settingsKey({ record }: ReportedRun): string {
  const { seed: _, ...settings } = record.config;
  return JSON.stringify(settings);
}
