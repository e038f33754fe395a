import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

/** The modules that a module needs at once: not its types, and not what it imports when it runs. */
function staticImports(file: URL): string[] {
  const statements = readFileSync(file, 'utf8').matchAll(
    /^(?:import|export)\s+(type\s)?[^;]*?from '([^']+)';/gms,
  );
  return [...statements].filter(([, type]) => type === undefined).map(([, , name]) => name!);
}

function reach(file: URL, seen = new Map<string, string[]>()): Map<string, string[]> {
  const path = fileURLToPath(file);
  if (seen.has(path)) return seen;
  const names = staticImports(file);
  seen.set(path, names);
  for (const name of names.filter((one) => one.startsWith('.')))
    reach(new URL(name.replace(/\.js$/, '.ts'), file), seen);
  return seen;
}

test('a browser can load the package: nothing of Node is needed at once', () => {
  const modules = reach(new URL('../src/index.ts', import.meta.url));
  expect(modules.size).toBeGreaterThan(20);
  const outside = new Set([...modules.values()].flat().filter((name) => !name.startsWith('.')));
  expect([...outside].sort()).toEqual(['@aimle/kernels', '@tensorflow/tfjs']);
});
