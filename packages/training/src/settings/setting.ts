/** The value of a setting, as plain JSON. */
export type SettingValue = string | number | readonly [number, number];

/**
 * One setting as a row of a table: its key in the table is its name, `help` its purpose, and `kind` says which values it
 * takes.
 *
 * | `kind`              | value                                          | range                            |
 * | ------------------- | ---------------------------------------------- | -------------------------------- |
 * | `integer`, `number` | a number                                       | `min`, `above`, `max`, `below`   |
 * | `choice`            | one of `of`; `*.csv` stands for any .csv file, |                                  |
 * |                     | `*` and a slash for any path with a slash      |                                  |
 * | `file`, `text`      | non-empty text                                 |                                  |
 * | `pair`              | two numbers                                    | `integer`, `min`, `ascending`    |
 *
 * A row is plain data, so packages that do not depend on this one can define rows.
 */
export type Setting = {
  /** Its purpose: a phrase that help and docs print. */
  readonly help: string;
  /** Its title in reports; default: its name, split at the capitals. */
  readonly title?: string;
  /** Titles of its values in reports, where they differ from the value. */
  readonly titles?: Readonly<Record<string, string>>;
  /** Gives it its own option on the command line: the value's name in the help, such as `<N>`. */
  readonly option?: string;
  /** May be left out, and has no default. */
  readonly optional?: true;
  /** Read only if each of these settings has one of these values. */
  readonly when?: Readonly<Record<string, readonly string[]>>;
  /** Other settings that a value sets, unless they are given; `*`: for any value. */
  readonly sets?: Readonly<Record<string, Readonly<Record<string, SettingValue>>>>;
} & (
  | (Range & { readonly kind: 'integer' | 'number'; readonly default?: number })
  | { readonly kind: 'choice'; readonly of: readonly string[]; readonly default?: string }
  | { readonly kind: 'file' | 'text'; readonly default?: string }
  | {
      readonly kind: 'pair';
      readonly integer?: true;
      readonly min?: number;
      readonly ascending?: true;
      readonly default?: readonly [number, number];
    }
);

interface Range {
  readonly min?: number;
  readonly above?: number;
  readonly max?: number;
  readonly below?: number;
}

export type SettingRows = Readonly<Record<string, Setting>>;

type ValueOf<Row> = Row extends { readonly kind: 'choice'; readonly of: readonly (infer Name)[] }
  ? FileOr<Name>
  : Row extends { readonly kind: 'file' | 'text' }
    ? string
    : Row extends { readonly kind: 'pair' }
      ? readonly [number, number]
      : number;
/** A path is any text; the intersection keeps the names in editor completion. */
type FileOr<Name> = Name extends `*${string}` ? string & Record<never, never> : Name;

/** The configuration that rows describe: an object of their values. */
export type ValuesOf<Rows> = {
  readonly [N in keyof Rows as Rows[N] extends { optional: true } ? never : N]: ValueOf<Rows[N]>;
} & {
  readonly [N in keyof Rows as Rows[N] extends { optional: true } ? N : never]?: ValueOf<Rows[N]>;
};

/** Parses `text` as a value; it may be one that the row does not take. */
export function valueFrom(row: Setting, text: string): SettingValue {
  const number = (part: string) => (part.trim() === '' ? Number.NaN : Number(part));
  if (row.kind === 'integer' || row.kind === 'number') return number(text);
  if (row.kind === 'pair') {
    return text
      .replace(/^\[|\]$/g, '')
      .split(',')
      .map(number) as unknown as readonly [number, number];
  }
  return text;
}

/** Whether a row takes a value. */
export function takes(row: Setting, value: unknown): boolean {
  switch (row.kind) {
    case 'choice':
      return matches(value, row.of);
    case 'file':
    case 'text':
      return typeof value === 'string' && value !== '';
    case 'pair': {
      const each = { kind: row.integer ? 'integer' : 'number', help: '', min: row.min ?? -Infinity } as const;
      if (!Array.isArray(value) || value.length !== 2 || !value.every((part) => takes(each, part)))
        return false;
      return !row.ascending || value[0] < value[1];
    }
    default: {
      const { min = -Infinity, above = -Infinity, max = Infinity, below = Infinity } = row;
      if (typeof value !== 'number' || !Number.isFinite(value)) return false;
      if (row.kind === 'integer' && !Number.isSafeInteger(value)) return false;
      return value >= min && value > above && value <= max && value < below;
    }
  }
}

/**
 * Whether a value is in a list, where `*.csv` stands for any text that ends with .csv, in any case, and `*` with a slash
 * for any path.
 */
export function matches(value: unknown, list: readonly string[]): boolean {
  return list.some((name) => {
    if (!name.startsWith('*')) return name === value;
    if (typeof value !== 'string') return false;
    return name === '*/' ? /[/\\]/.test(value) : value.toLowerCase().endsWith(name.slice(1));
  });
}

/** Whether a value names a file. */
export function namesFile(row: Setting, value: SettingValue): boolean {
  if (row.kind === 'file') return true;
  return row.kind === 'choice' && matches(value, row.of) && !row.of.includes(value as string);
}

/** Formats a choice for messages: `*.csv` as a .csv file. */
export function choiceText(name: string): string {
  if (name === '*/') return 'a path with a slash, such as ./images';
  return name.startsWith('*') ? `a ${name.slice(1)} file` : name;
}

/** Says what a value must be, in words that follow "must be". */
export function constraintOf(row: Setting): string {
  switch (row.kind) {
    case 'choice':
      return row.of.every((name) => name.startsWith('*'))
        ? row.of.map(choiceText).join(' or ')
        : `one of ${row.of.map(choiceText).join(', ')}`;
    case 'file':
      return 'a file';
    case 'text':
      return 'text that is not empty';
    case 'pair': {
      const each = row.integer ? 'integers' : 'numbers';
      const bound = row.min === undefined ? '' : ` of at least ${row.min}`;
      return `two ${each}${bound}${row.ascending ? ', the smaller one first' : ''}`;
    }
    default: {
      const { min, above, max, below } = row;
      const [from, to] = [min ?? above, max ?? below];
      const number = to === undefined ? 'a finite number' : 'a number';
      const thing = row.kind === 'integer' ? 'an integer' : number;
      if (from !== undefined && to !== undefined) {
        return `${thing} in ${min === undefined ? '(' : '['}${from}, ${to}${max === undefined ? ')' : ']'}`;
      }
      if (from !== undefined) return `${thing} ${min === undefined ? 'above' : 'of at least'} ${from}`;
      return to === undefined ? thing : `${thing} ${max === undefined ? 'below' : 'of at most'} ${to}`;
    }
  }
}
