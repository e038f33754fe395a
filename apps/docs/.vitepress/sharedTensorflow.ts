import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import type { UserConfig } from 'vitepress';

const source = readFileSync(new URL('tf.fesm.min.js', import.meta.resolve('@tensorflow/tfjs')));
const fileName = `assets/tensorflow-${createHash('sha256').update(source).digest('hex').slice(0, 8)}.js`;
const placeholder = 'aimle:tensorflow';

type Plugins = NonNullable<NonNullable<UserConfig['vite']>['plugins']>;

/** A plugin of the Vite that VitePress brings. */
export type Plugin = Extract<Plugins[number], { readonly name: string }>;

/**
 * TensorFlow.js as one file of the site that every page and every worker imports. A worker is a bundle of its own, and
 * each would else hold a megabyte of it, which every build would shake and every reader of two playgrounds load again.
 */
export function importsTensorflow(): Plugin {
  return {
    name: 'aimle-imports-tensorflow',
    enforce: 'pre',
    apply: 'build',
    resolveId(name, _, options) {
      const isIt = name === '@tensorflow/tfjs' || name === '@tensorflow/tfjs-core';
      return isIt && !options?.ssr ? { id: placeholder, external: true, moduleSideEffects: false } : null;
    },
    renderChunk(code, chunk) {
      if (!code.includes(placeholder)) return null;
      const path = posix.relative(posix.dirname(chunk.fileName), fileName);
      const relative = path.startsWith('.') ? path : `./${path}`;
      return { code: code.replaceAll(placeholder, relative), map: null };
    },
  };
}

export function tensorflowFile(): Plugin {
  let isServed = true;
  return {
    name: 'aimle-tensorflow-file',
    enforce: 'pre',
    apply: 'build',
    configResolved(config) {
      isServed = !config.build.ssr;
    },
    generateBundle() {
      if (isServed) this.emitFile({ type: 'asset', fileName, source });
    },
  };
}
