import { expect, test } from 'vitest';
import { nothingNamesAMachine } from '../../repository/rules/places.js';
import { repository } from './fixture.js';

// Put together here, so that this file does not break the rule that it tests.
const join = (...parts: string[]) => parts.join('');

test.each([
  join('reads /wo', 'rk/shared/golden'),
  join("'/ro", "ot/.cache'"),
  join('/ho', 'me/alice/data'),
  join('https://registry', '.npmjs.org/left-pad'),
  join('pip install -i https://py', 'pi.org/simple'),
  join('http://npm-mir', 'ror.internal:8080/'),
])('%s is found, with its line', (text) => {
  const [complaint, ...more] = nothingNamesAMachine(repository({ 'README.md': `# Title\n${text}\n` }));
  expect(complaint).toMatch(/^README\.md:2: names a (registry host|path of one machine): /);
  expect(more).toEqual([]);
});

test.each([
  'packages/work/src',
  'https://arxiv.org/abs/2209.04862',
  './root/x',
  'framework/x',
  '$HOME/work/x',
])('%s is fine', (text) => {
  expect(nothingNamesAMachine(repository({ 'README.md': text }))).toEqual([]);
});
