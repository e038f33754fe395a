import { describe, expect, expectTypeOf, it } from 'vitest';
import {
  type ConfigOf,
  extendConfig,
  loopSettings,
  makeConfig,
  parametersFit,
  settingsMarkdown,
  settingsTable,
} from '../src/index.js';
import { defaultText, readWhen, titlesOf } from '../src/settings/describe.js';
import { constraintOf, namesFile, type Setting, takes, valueFrom } from '../src/settings/setting.js';

const table = settingsTable({
  name: 'walk',
  title: 'A walk',
  about: 'Walks.',
  groups: {
    Walk: {
      by: {
        kind: 'choice',
        of: ['foot', 'bus', 'bike'],
        default: 'bus',
        help: 'how',
        titles: { bike: 'bicycle' },
        sets: { bus: { seat: 'aisle' }, foot: { pace: 3 } },
      },
      seat: {
        kind: 'choice',
        of: ['aisle', 'window'],
        optional: true,
        when: { by: ['bus', 'train'] },
        help: 'where',
      },
      pace: { kind: 'number', above: 0, default: 5, when: { by: ['foot'] }, help: 'how fast' },
      map: {
        kind: 'choice',
        of: ['none', '*.csv'],
        default: 'none',
        sets: { '*': { by: 'foot' } },
        help: 'which map',
      },
      legs: { kind: 'pair', integer: true, min: 1, default: [1, 2], help: 'lengths' },
    },
    Training: loopSettings,
  },
  presets: { paper: { epochs: 100, steps: 7, seat: 'window' }, quick: { epochs: 3, steps: undefined } },
});
const { quick, paper } = table.presets;
const spelled = (setting: string) => `--${setting}`;

describe('a kind of setting', () => {
  it.each<[string, Partial<Setting>, unknown[], unknown[]]>([
    ['an integer of at least 2', { kind: 'integer', min: 2 }, [2, 9], [1, 2.5, Number.NaN, '2', 2 ** 53]],
    ['an integer in [1, 3]', { kind: 'integer', min: 1, max: 3 }, [1, 3], [0, 4]],
    ['a finite number above 0', { kind: 'number', above: 0 }, [1e-9], [0, Number.POSITIVE_INFINITY]],
    ['a number in [0, 1)', { kind: 'number', min: 0, below: 1 }, [0, 0.99], [1, -1, Number.NaN]],
    ['a number in (0, 1]', { kind: 'number', above: 0, max: 1 }, [1], [0]],
    ['one of a, a .csv file', { kind: 'choice', of: ['a', '*.csv'] }, ['a', 'x/b.csv'], ['b', 'b.npy', null]],
    ['a file', { kind: 'file' }, ['a.csv'], ['', 3]],
    ['two integers of at least 1', { kind: 'pair', integer: true, min: 1 }, [[2, 1]], [[0, 1], [1], 1]],
    ['the smaller one first', { kind: 'pair', ascending: true }, [[-1, 0.5]], [[2, 1]]],
  ])('%s', (constraint, row, good, bad) => {
    const setting = { help: '', ...row } as Setting;
    expect(constraintOf(setting)).toContain(constraint);
    expect(good.filter((value) => !takes(setting, value))).toEqual([]);
    expect(bad.filter((value) => takes(setting, value))).toEqual([]);
  });

  it('is read from text', () => {
    const read = (row: Partial<Setting>, text: string) => valueFrom({ help: '', ...row } as Setting, text);
    expect(read({ kind: 'number' }, '5e-4')).toBe(5e-4);
    expect(read({ kind: 'integer' }, ' ')).toBeNaN();
    expect(read({ kind: 'pair' }, '[8,4]')).toEqual([8, 4]);
    expect(read({ kind: 'text' }, '7')).toBe('7');
    const row: Setting = { kind: 'choice', of: ['none', '*.csv'], help: '' };
    expect(['none', 'a.csv'].map((value) => namesFile(row, value))).toEqual([false, true]);
  });
});

describe('a table', () => {
  it('gives the type of its configuration', () => {
    type Config = ConfigOf<typeof table>;
    expectTypeOf<Config['by']>().toEqualTypeOf<'foot' | 'bus' | 'bike'>();
    expectTypeOf<Config['map']>().not.toEqualTypeOf<'none'>();
    expectTypeOf<Config['legs']>().toEqualTypeOf<readonly [number, number]>();
    expectTypeOf<Config['pace']>().toEqualTypeOf<number>();
    expectTypeOf<Pick<Config, 'seat'>>().toEqualTypeOf<{ readonly seat?: 'aisle' | 'window' }>();
  });

  it('gives presets: rows, changed by the published setting, changed by the quick one', () => {
    expect(paper).toMatchObject({ by: 'bus', pace: 5, epochs: 100, steps: 7, seat: 'window', seed: 0 });
    expect(quick).toEqual({ ...paper, epochs: 3, steps: quick.steps });
    expect('steps' in quick).toBe(false);
  });

  it.each<[object, string]>([
    [{ pace: Number.NaN }, 'pace must be a finite number above 0, got NaN'],
    [{ seat: 'roof' }, 'seat must be one of aisle, window, or left out, got "roof"'],
    [{ seed: undefined }, 'seed must be an integer in [0, 9007199254740991], got nothing'],
    [{ speed: 3 }, 'there is no setting speed; there are by, seat, pace'],
  ])('refuses %o', (change, message) => {
    expect(() => table.check({ ...quick, ...change })).toThrow(`walk: ${message}`);
  });

  it('is not made of a preset that it does not allow', () => {
    const make = () =>
      settingsTable({
        name: 'wrong',
        title: '',
        about: '',
        groups: { A: { k: { kind: 'integer', min: 1, default: 1, help: '' } } },
        presets: { paper: {}, quick: { k: 0 } },
      });
    expect(make).toThrow('wrong: k must be an integer of at least 1, got 0');
  });

  it('is not made of rows that name unknown settings', () => {
    const make = () =>
      settingsTable({
        name: 'wrong',
        title: '',
        about: '',
        groups: { A: { k: { kind: 'integer', default: 1, when: { metod: ['aimle'] }, help: '' } } },
        presets: { paper: {}, quick: {} },
      });
    expect(make).toThrow('wrong: the row of k names metod, which is no setting of the table');
  });
});

describe('a configuration from given settings', () => {
  it('is the preset, with what its values decide', () => {
    expect(makeConfig(table, 'quick', {})).toEqual(quick);
    expect(makeConfig(table, 'paper', { by: 'bus' })).toEqual(paper);
    // The pace comes with the foot, unless it is asked for; a seat is not for those who walk.
    const { seat: _, ...unseated } = quick;
    expect(makeConfig(table, 'quick', { by: 'foot' })).toEqual({ ...unseated, by: 'foot', pace: 3 });
    expect(makeConfig(table, 'quick', { by: 'foot', pace: 4 })).toEqual({ ...unseated, by: 'foot', pace: 4 });
    expect(makeConfig(table, 'quick', { map: 'a.csv' })).toMatchObject({ map: 'a.csv', by: 'foot' });
    expect(Object.keys(makeConfig(table, 'paper', { map: 'a.csv', by: 'bus' }))).toEqual(
      Object.keys(table.rows),
    );
    expect(() => makeConfig(table, 'quick', { speed: 3 })).toThrow('walk: there is no setting speed');
  });

  it('is refused where a given setting would not be read', () => {
    const ask = (asked: Parameters<typeof makeConfig>[2]) =>
      expect(() => makeConfig(table, 'quick', asked, spelled));
    ask({ pace: 4 }).toThrow('--pace does nothing with --by bus, only with foot; leave one out');
    ask({ by: 'bike', seat: 'aisle' }).toThrow(
      '--seat does nothing with --by bike, only with bus; leave one out',
    );
    ask({ by: 'bus', map: 'a.csv', pace: 2 }).toThrow('--pace does nothing with --by bus');
  });

  it('of a resumed run can only be longer', () => {
    expect(extendConfig(table, paper, {})).toEqual(paper);
    expect(extendConfig(table, paper, { steps: 20 })).toEqual({ ...paper, steps: 20 });
    const { steps: _, ...rest } = paper;
    expect(extendConfig(table, paper, { epochs: 200 })).toEqual({ ...rest, epochs: 200 });
    expect(() => extendConfig(table, paper, { by: 'foot' }, spelled)).toThrow(
      '--by cannot change in a resumed run; only --epochs and --steps can',
    );
    expect(() => extendConfig(table, { ...paper, by: 'air' }, {})).toThrow('got "air"');
  });
});

describe('what readers see of a table', () => {
  it('names the default of each preset, and with what a setting is read', () => {
    expect(['epochs', 'steps', 'pace', 'legs'].map((setting) => defaultText(table, setting))).toEqual([
      '3 in quick, 100 in paper',
      '7 in paper',
      '5',
      '1,2',
    ]);
    // There is no train, and every value would do for a map.
    expect(['pace', 'seat', 'map'].map((setting) => readWhen(table, setting))).toEqual([
      'by foot',
      'by bus',
      '',
    ]);
  });

  it('is a table in Markdown for each group, with every setting', () => {
    const page = settingsMarkdown(table);
    expect(page.match(/^## .*/gm)).toEqual(['## Walk', '## Training']);
    for (const setting of Object.keys(table.rows)) expect(page).toContain(`| \`${setting}\` |`);
    expect(page).toContain('| `pace` | a finite number above 0 | 5 | how fast (only with by foot) |');
  });

  it('has the titles of its settings and their values', () => {
    expect(titlesOf(table)).toEqual({ adamEpsilon: 'Adam epsilon', bike: 'bicycle' });
  });
});

describe('parametersFit', () => {
  const sized = settingsTable({
    name: 'wide',
    title: 'Wide',
    about: 'Wide layers.',
    groups: { model: { hidden: { kind: 'integer', min: 1, default: 8, help: 'units' } } },
    presets: { paper: {}, quick: {} },
    rules: [parametersFit('hidden', ({ hidden }: { hidden: number }) => hidden ** 2)],
  });

  it('takes a model of 2^26 parameters, and names the setting of a larger one before it is built', () => {
    expect(sized.check({ hidden: 8192 })).toEqual({ hidden: 8192 });
    expect(() => sized.check({ hidden: 1e6 })).toThrow(
      'wide: hidden must be smaller, since the model may have at most 67108864 parameters and would have 1000000000000, got 1000000',
    );
  });
});
