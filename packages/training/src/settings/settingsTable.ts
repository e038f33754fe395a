import { RequestError } from '../errors.js';
import { constraintOf, type SettingRows, takes, type ValuesOf } from './setting.js';

/** A constraint that spans settings. */
export interface SettingRule<Config> {
  /** The setting that the error names. */
  readonly setting: keyof Config & string;
  /** What it must be, in words that follow "must be". */
  readonly must: string | ((config: Config) => string);
  holds(config: Config): boolean;
}

/**
 * Makes a rule that one setting is at most another.
 *
 * @example
 * ```ts
 * import { atMost } from '@aimle/training';
 *
 * const rule = atMost('batchSize', 'trainCount');
 * rule.holds({ batchSize: 50, trainCount: 40 }); // => false
 * ```
 */
export function atMost<Name extends string, Other extends string>(
  setting: Name,
  other: Other,
): SettingRule<{ readonly [N in Name | Other]: number }> {
  return {
    setting,
    must: (config) => `at most ${other}, ${config[other]}`,
    holds: (config) => config[setting] <= config[other],
  };
}

/** 256 MiB in single precision; Adam keeps two more numbers for each, and a step one. */
const MAX_PARAMETERS = 2 ** 26;

/**
 * Makes a rule that a model has at most 67,108,864 parameters (256 MiB, and four times that in training), counted before it is
 * built: a size with a nought too many is an error, not a full memory.
 *
 * @param setting The setting that the error names.
 * @param count The number of parameters of a configuration; the largest layers are enough.
 * @example
 * ```ts
 * import { parametersFit } from '@aimle/training';
 *
 * const rule = parametersFit('hidden', ({ hidden }: { hidden: number }) => 784 * hidden);
 * rule.holds({ hidden: 512 }); // => true
 * rule.holds({ hidden: 1e6 }); // => false
 * ```
 */
export function parametersFit<Config>(
  setting: NoInfer<keyof Config & string>,
  count: (config: Config) => number,
): SettingRule<Config> {
  return {
    setting,
    must: (config) =>
      `smaller, since the model may have at most ${MAX_PARAMETERS} parameters and would have ${count(config)}`,
    holds: (config) => count(config) <= MAX_PARAMETERS,
  };
}

type Groups = Readonly<Record<string, SettingRows>>;

type RowsOf<G extends Groups> = (
  { [N in keyof G]: (rows: G[N]) => void }[keyof G] extends (rows: infer All) => void
    ? All
    : never
) extends infer All
  ? { readonly [N in keyof All]: All[N] }
  : never;

type ConfigOfGroups<G extends Groups> =
  ValuesOf<RowsOf<G>> extends infer Values ? { readonly [N in keyof Values]: Values[N] } : never;

export interface SettingsDefinition<G extends Groups> {
  /** Short identifier, such as `dvae`. */
  readonly name: string;
  readonly title: string;
  /** A few sentences for help and docs: which model, on which data. */
  readonly about: string;
  /** Example arguments of `aimle train NAME`, and more text for its help. */
  readonly examples?: readonly string[];
  readonly notes?: string;
  /** What each metric of the task is, in a phrase, by name, for reports: its unit, and whether higher or lower is better. */
  readonly metrics?: Readonly<Record<string, string>>;
  /** The rows, under the headings that help and docs print. */
  readonly groups: G;
  /** Changes of the published setting to the rows' defaults, and of `quick` to the published setting. */
  readonly presets: {
    readonly paper: Changes<ConfigOfGroups<NoInfer<G>>>;
    readonly quick: Changes<ConfigOfGroups<NoInfer<G>>>;
  };
  readonly rules?: readonly SettingRule<ConfigOfGroups<NoInfer<G>>>[];
}

/** `undefined` leaves an optional setting out. */
type Changes<Config> = { readonly [N in keyof Config]?: Config[N] | undefined };

/**
 * The settings of a task. From it come the type of a configuration, its check, the options of the command line with their
 * help, and a page of the docs.
 *
 * @typeParam Config The configuration that it describes.
 */
export interface SettingsTable<Config>
  extends Required<Omit<SettingsDefinition<Groups>, 'presets' | 'rules'>> {
  /** The rows of all groups. */
  readonly rows: SettingRows;
  /** `quick`: minutes on two cores. `paper`: the published setting. */
  readonly presets: { readonly quick: Config; readonly paper: Config };
  /**
   * Checks a configuration.
   *
   * @returns The same object.
   * @throws {@link RequestError} that names the setting, the constraint and the value received.
   */
  check(config: object): Config;
}

/** The configuration that a table describes. */
export type ConfigOf<Table> = Table extends SettingsTable<infer Config> ? Config : never;

/**
 * Makes a table of settings out of rows, presets and rules.
 *
 * @throws {@link RequestError} when a row names an unknown setting, or a preset is not allowed by the table.
 * @example
 * ```ts
 * import { atMost, settingsTable } from '@aimle/training';
 *
 * const settings = settingsTable({
 *   name: 'codes', title: 'Codes', about: 'Learns codes.',
 *   groups: {
 *     codes: {
 *       size: { kind: 'integer', min: 2, default: 20, help: 'bits of a code' },
 *       k: { kind: 'integer', min: 1, default: 10, help: 'bits that are on' },
 *     },
 *   },
 *   presets: { paper: {}, quick: { size: 8, k: 4 } },
 *   rules: [atMost('k', 'size')],
 * });
 * settings.presets.quick; // => { size: 8, k: 4 }
 * let message = '';
 * try {
 *   settings.check({ size: 8, k: 9 });
 * } catch (error) {
 *   message = (error as Error).message;
 * }
 * message; // => 'codes: k must be at most size, 8, got 9'
 * ```
 */
export function settingsTable<const G extends Groups>(
  definition: SettingsDefinition<G>,
): SettingsTable<ConfigOfGroups<G>> {
  type Config = ConfigOfGroups<G>;
  const { name, presets, groups, rules = [], examples = [], notes = '', metrics = {} } = definition;
  const rows: SettingRows = Object.assign({}, ...Object.values(groups));

  for (const [setting, { when = {}, sets = {} }] of Object.entries(rows)) {
    const others = [when, ...Object.values(sets)].flatMap((each) => Object.keys(each));
    const unknown = others.find((other) => rows[other] === undefined);
    if (unknown !== undefined) {
      throw new RequestError(
        `${name}: the row of ${setting} names ${unknown}, which is no setting of the table`,
      );
    }
  }

  const check = (config: object): Config => {
    const values = config as Readonly<Record<string, unknown>>;
    const requireThat = (holds: boolean, setting: string, must: string): void => {
      if (holds) return;
      throw new RequestError(`${name}: ${setting} must be ${must}, got ${valueText(values[setting])}`);
    };
    const unknown = Object.keys(values).find((setting) => rows[setting] === undefined);
    if (unknown !== undefined) {
      throw new RequestError(
        `${name}: there is no setting ${unknown}; there are ${Object.keys(rows).join(', ')}`,
      );
    }
    for (const [setting, row] of Object.entries(rows)) {
      const left = row.optional && values[setting] === undefined;
      const must = `${constraintOf(row)}${row.optional ? ', or left out' : ''}`;
      requireThat(left || takes(row, values[setting]), setting, must);
    }
    for (const { setting, must, holds } of rules) {
      requireThat(holds(config as Config), setting, typeof must === 'string' ? must : must(config as Config));
    }
    return config as Config;
  };

  const defaults = Object.fromEntries(
    Object.entries(rows).flatMap(([setting, row]) => (row.optional ? [] : [[setting, row.default]])),
  );
  const paper = check(given({ ...defaults, ...presets.paper }));
  const quick = check(given({ ...paper, ...presets.quick }));
  return { ...definition, examples, notes, metrics, rows, presets: { quick, paper }, check };
}

function given(config: object): object {
  return Object.fromEntries(Object.entries(config).filter(([, value]) => value !== undefined));
}

/** Formats a value for errors: NaN as NaN, text in quotes. */
function valueText(value: unknown): string {
  if (value === undefined) return 'nothing';
  return typeof value === 'number' ? String(value) : JSON.stringify(value);
}
