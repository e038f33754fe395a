import { parseSync } from 'oxc-parser';
import { type Rule, sourcesOf } from '../repository.js';

const longest = 300;
const emptyNames = ['util', 'utils', 'common', 'helper', 'helpers', 'misc'];

/** A source longer than a few screens holds more than one concept. */
export const sourcesAreShort: Rule = (repository) =>
  repository.packages.flatMap((each) =>
    sourcesOf(repository, each).flatMap(([path, source]) => {
      const lines = source.trimEnd().split('\n').length;
      return lines > longest
        ? [`${path}: ${lines} lines, at most ${longest}; move a concept to its own file`]
        : [];
    }),
  );

/** A file or folder is named after what it holds. */
export const namesSayWhatIsInside: Rule = ({ files }) => {
  const paths = new Set<string>();
  for (const path of files.keys()) {
    const parts = path.split('/');
    const at = parts.findIndex((part) => emptyNames.includes((part.split('.')[0] as string).toLowerCase()));
    if (at >= 0) paths.add(parts.slice(0, at + 1).join('/'));
  }
  return [...paths].map((path) => `${path}: this name holds anything; name it after its concept`);
};

/** src/index.ts is the public surface of its package on one page: names re-exported one by one, and nothing else. */
export const indexOnlyReexports: Rule = (repository) =>
  repository.packages.flatMap(({ folder, manifest }) => {
    const path = `${folder}/src/index.ts`;
    const source = repository.files.get(path);
    if (source === undefined) {
      return 'exports' in manifest
        ? [`${path}: missing; a package's public names are re-exported there`]
        : [];
    }
    return parseSync(path, source)
      .program.body.filter(
        ({ type, ...rest }) => type !== 'ExportNamedDeclaration' || !('source' in rest && rest.source),
      )
      .map(({ start }) => {
        const line = source.slice(0, start).split('\n').length;
        return `${path}:${line}: only "export { names } from './file.js'" may stand here`;
      });
  });

/** A heading of src/index.ts stands alone between empty lines, so that no formatter moves it, and above names. */
export const indexHasHeadings: Rule = (repository) =>
  repository.packages.flatMap(({ folder }) => {
    const path = `${folder}/src/index.ts`;
    const lines = repository.files.get(path)?.split('\n') ?? [];
    return lines.flatMap((line, at) => {
      if (!line.startsWith('//')) return [];
      const isDetached = (lines[at - 1] ?? '') === '' && lines[at + 1] === '';
      const headsNames = lines[at + 2]?.startsWith('export');
      return isDetached && headsNames
        ? []
        : [`${path}:${at + 1}: a heading needs an empty line around it, and names below`];
    });
  });
