import { createRequire } from 'node:module';

/** The version of this program; Node and TensorFlow.js are recorded by the training loop. */
export function versions(): { readonly aimle: string } {
  const { version }: { version: string } = createRequire(import.meta.url)('@aimle/cli/package.json');
  return { aimle: version };
}
