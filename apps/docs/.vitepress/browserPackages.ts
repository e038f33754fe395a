import { fileURLToPath } from 'node:url';

const absent = fileURLToPath(new URL('../../../packages/engine/src/node/absent.ts', import.meta.url));

/** The part of a Vite plugin that is used here. */
interface Resolver {
  readonly name: string;
  readonly enforce: 'pre';
  resolveId(source: string): string | null;
}

/** What packages reach only on Node, by `#node/...`, is in a browser what their built form has there: nothing. */
export function browserPackages(): Resolver {
  return {
    name: 'aimle-browser-packages',
    enforce: 'pre',
    resolveId: (source) => (source.startsWith('#node/') ? absent : null),
  };
}
