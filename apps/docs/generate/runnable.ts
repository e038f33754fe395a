/** The modules that an example may import in the reader's browser. */
const available = new Set([
  'aimle',
  '@aimle/distributions',
  '@aimle/engine',
  '@aimle/estimators',
  '@aimle/random',
  '@aimle/solvers',
  '@tensorflow/tfjs',
]);

/** Tags the fences that a page of the site can run for its reader. */
export function runnable(markdown: string): string {
  return markdown.replace(/^```ts\n([\s\S]*?)\n```$/gm, (whole: string, code: string) => {
    const imports = [...code.matchAll(/\bfrom '([^']+)'/g)].map(([, name = '']) => name);
    const runs = imports.length > 0 && imports.every((name) => available.has(name));
    return runs ? whole.replace('```ts', '```ts run') : whole;
  });
}
