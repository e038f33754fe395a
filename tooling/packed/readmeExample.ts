/**
 * The example of the root README, a first layer that learns, and what its last line prints.
 *
 * @throws Error when it is missing, longer than eight lines after the imports, or its last line does not say what it prints.
 */
export function readmeExample(readme: string): { code: string; prints: string } {
  const code = /^```ts\n([\s\S]*?)^```$/m.exec(readme)?.[1];
  if (code === undefined)
    throw new Error('README.md: there must be a ```ts fence, the example that is tried here');
  const lines = code.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('import '));
  if (lines.length > 8)
    throw new Error(
      `README.md: the example must have at most 8 lines after the imports, got ${lines.length}`,
    );
  const prints = /\.print\(\); \/\/ (.+)$/.exec(lines.at(-1) ?? '')?.[1];
  if (prints === undefined)
    throw new Error('README.md: the last line of the example must print the answer and say which');
  return { code, prints };
}
