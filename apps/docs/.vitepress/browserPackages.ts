import { fileURLToPath } from 'node:url';
import { importsTensorflow, type Plugin } from './sharedTensorflow.js';

const absent = fileURLToPath(new URL('../../../packages/engine/src/node/absent.ts', import.meta.url));
const ofNode = '\0of-node';
const nodeModules = /^(node:.*|fs|os|path|perf_hooks|worker_threads)$/;

/** Backends in one file each, as TensorFlow.js also ships them: every worker would else gather hundreds of modules. */
const backends = new Map(
  ['wasm', 'webgpu'].map((name) => {
    const module = `@tensorflow/tfjs-backend-${name}`;
    const file = new URL(`tf-backend-${name}.fesm.min.js`, import.meta.resolve(module));
    return [module, fileURLToPath(file)];
  }),
);

/** Imports from Node get every name, each a class that cannot be instantiated. */
const standIn = `
export default new Proxy({}, {
  get: (_, name) => class { constructor() { throw new Error(String(name) + ' does not exist in a browser'); } },
});`;

/** Bundles packages for browsers from their sources, without what they reach only on Node, as in their built form. */
export function browserPackages() {
  const inNodeOnly: Plugin = {
    name: 'aimle-in-node-only',
    enforce: 'pre',
    resolveId: (source) => (source.startsWith('#node/') ? absent : null),
  };
  const built: Plugin = {
    name: 'aimle-built-for-browsers',
    enforce: 'pre',
    apply: 'build',
    resolveId(source, _importer, options) {
      if (options?.ssr) return null;
      return nodeModules.test(source) ? ofNode : (backends.get(source) ?? null);
    },
    load: (id) =>
      id === ofNode ? { code: standIn, syntheticNamedExports: true, moduleSideEffects: false } : null,
  };
  return [inNodeOnly, importsTensorflow(), built];
}
