import { expect, test } from 'vitest';
import { changesetsCanBeReleased } from '../../repository/rules/changesets.js';
import { repository } from './fixture.js';

const complaintsAbout = (text: string) =>
  changesetsCanBeReleased(
    repository({
      'packages/random/package.json': { name: '@aimle/random' },
      'apps/docs/package.json': { name: '@aimle/docs', private: true },
      '.changeset/some.md': text,
    }),
  );

test('a changeset that can be read, with or without empty lines', () => {
  expect(complaintsAbout('---\n"@aimle/random": minor\n---\n\nMore.\n')).toEqual([]);
  expect(complaintsAbout('---\n\n"@aimle/random": patch\n---\n\nMore.\n')).toEqual([]);
});

test.each([
  [
    'a heading where front matter should be',
    '---\n\n## "@aimle/random": minor\n\nMore.\n',
    /begins with ---/,
  ],
  ['no front matter', 'More.\n', /begins with ---/],
  ['nothing in it', '---\n\n---\n\nMore.\n', /begins with ---/],
  ['another word than a release', '---\n"@aimle/random": some\n---\n', /is not "package"/],
  ['a package that is not there', '---\n"@aimle/randon": minor\n---\n', /no public package @aimle\/randon/],
  ['a private package', '---\n"@aimle/docs": minor\n---\n', /no public package @aimle\/docs/],
])('%s', (_, text, complaint) => {
  expect(complaintsAbout(text)).toEqual([expect.stringMatching(complaint)]);
});
