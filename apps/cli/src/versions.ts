import { createRequire } from 'node:module';

/** Returns the version of this program. The training loop records those of Node and TensorFlow.js. */
export function versions(): { readonly aimle: string } {
  const { version }: { version: string } = createRequire(import.meta.url)('@aimle/cli/package.json');
  return { aimle: version };
}
