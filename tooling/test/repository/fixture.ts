import { type Repository, repositoryOf } from '../../repository/repository.js';

/** A public package.json with nothing to complain about. */
export const goodManifest = {
  name: '@aimle/random',
  version: '1.2.3',
  description: 'Numbers from keys, for tests of rules.',
  license: 'MIT',
  type: 'module',
  sideEffects: false,
  engines: { node: '>=20.19' },
  files: ['dist'],
  exports: { '.': { '@aimle/source': './src/index.ts', default: './dist/index.js' } },
  publishConfig: { access: 'public', provenance: true, exports: { '.': { default: './dist/index.js' } } },
};

/** A repository of the given files; an object stands for its JSON. */
export function repository(files: Record<string, string | object>): Repository {
  const texts = Object.entries(files).map(([path, text]): [string, string] => [
    path,
    typeof text === 'string' ? text : JSON.stringify(text),
  ]);
  return repositoryOf(new Map(texts));
}
