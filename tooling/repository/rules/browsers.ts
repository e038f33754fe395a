import { builtinModules } from 'node:module';
import { importsOf } from '../imports.js';
import { type Rule, sourcesOf } from '../repository.js';

/** Every module of these rooms loads in a browser. */
const browserRooms = ['@aimle/random', '@aimle/solvers', '@aimle/distributions', '@aimle/estimators'];

/** A room for browsers reaches Node's modules by a dynamic import or not at all. */
export const browserRoomsLoadWithoutNode: Rule = (repository) =>
  repository.packages
    .filter(({ manifest }) => browserRooms.includes(manifest.name))
    .flatMap((each) => sourcesOf(repository, each))
    .flatMap(([path, source]) =>
      importsOf(path, source)
        .filter(({ specifier, kind }) => kind === 'static' && isOfNode(specifier))
        .map(({ specifier, line }) => `${path}:${line}: "${specifier}" does not exist in a browser`),
    );

function isOfNode(specifier: string): boolean {
  return specifier.startsWith('node:') || builtinModules.includes(specifier);
}
