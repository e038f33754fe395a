import { fileURLToPath } from 'node:url';

const absent = fileURLToPath(new URL('../../../packages/engine/src/node/absent.ts', import.meta.url));
const tensorflow = fileURLToPath(new URL('tf.fesm.min.js', import.meta.resolve('@tensorflow/tfjs')));
const ofNode = '\0of-node';

/** What is imported from Node has every name, each a class of which there can be no instance. */
const standIn = `
export default new Proxy({}, {
  get: (_, name) => class { constructor() { throw new Error(String(name) + ' does not exist in a browser'); } },
});`;

/** The parts of a Vite plugin that are used here. */
interface Plugin {
  readonly name: string;
  readonly enforce: 'pre';
  readonly apply?: 'build';
  resolveId(source: string, importer?: string, options?: { readonly ssr?: boolean }): string | null;
  load?(id: string): { code: string; syntheticNamedExports: true; moduleSideEffects: false } | null;
}

/**
 * Takes packages into a browser from their sources: what they reach only on Node is not there, as in their built form.
 * TensorFlow.js comes whole, in one file, for it falls apart into two thousand modules, and every worker is a bundle.
 */
export function browserPackages(): Plugin[] {
  const inNodeOnly: Plugin = {
    name: 'aimle-in-node-only',
    enforce: 'pre',
    resolveId: (source) => (source.startsWith('#node/') ? absent : null),
  };
  const built: Plugin = {
    name: 'aimle-built-for-browsers',
    enforce: 'pre',
    apply: 'build',
    resolveId(source, importer = '', { ssr = false } = {}) {
      if (ssr) return null;
      if (source === '@tensorflow/tfjs' || source === '@tensorflow/tfjs-core') return tensorflow;
      const isOfNode = source.startsWith('node:') || (source === 'stream' && importer.includes('csv-parse'));
      return isOfNode ? ofNode : null;
    },
    load: (id) =>
      id === ofNode ? { code: standIn, syntheticNamedExports: true, moduleSideEffects: false } : null,
  };
  return [inNodeOnly, built];
}
