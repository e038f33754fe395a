import { expect, it } from 'vitest';
import { differingSettings } from '../src/checkpoint/boundSettings.js';
import { settingsTable } from '../src/index.js';

const table = settingsTable({
  name: 'read',
  title: 'Read',
  about: 'Reads.',
  groups: {
    Data: {
      texts: { kind: 'choice', of: ['toy', '*.csv'], default: 'toy', help: 'texts' },
      vectors: { kind: 'file', optional: true, help: 'vectors' },
      note: { kind: 'text', optional: true, help: 'a note' },
    },
  },
  presets: { paper: {}, quick: {} },
});

it('a file may move to another folder, on any system, but not become another file', () => {
  const was = { texts: '/data/a/reviews.csv', vectors: 'v/300.txt' };
  expect(differingSettings(table, was, { texts: 'C:\\b\\reviews.csv', vectors: '300.txt' })).toEqual([]);
  expect(differingSettings(table, was, { texts: '/data/a/others.csv' })).toEqual([
    'texts was "/data/a/reviews.csv", now "/data/a/others.csv"',
    'vectors was "v/300.txt", now absent',
  ]);
});

it('a choice or a text that is no file is compared as a whole', () => {
  expect(differingSettings(table, { note: 'a/b' }, { note: 'c/b' })).toEqual(['note was "a/b", now "c/b"']);
  expect(differingSettings(table, { texts: 'toy' }, { texts: 'a/toy' })).toHaveLength(1);
});
