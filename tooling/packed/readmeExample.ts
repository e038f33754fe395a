/**
 * The example of the root README, a user's own layer trained for three steps: its first TypeScript fence.
 *
 * @throws Error when it is missing or longer than the 15 lines that it promises, imports included.
 */
export function readmeExample(readme: string): string {
  const code = /^```ts\n([\s\S]*?)^```$/m.exec(readme)?.[1];
  if (code === undefined)
    throw new Error('README.md: there must be a ```ts fence, the example that is tried here');
  const lines = code.split('\n').filter((line) => line.trim() !== '');
  if (lines.length > 15)
    throw new Error(`README.md: the example must have at most 15 lines, got ${lines.length}`);
  return code;
}
