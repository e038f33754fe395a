import type { Highs, InitOptions } from 'highs';

/**
 * A HiGHS of the caller's own: text that it cannot parse may end the WebAssembly instance, and no other solver shall
 * share that fate.
 */
export async function loadHighs(solver: string, locateFile?: (file: string) => string): Promise<Highs> {
  const { default: load } = await importHighs(solver);
  try {
    return await load(locateFile ? { locateFile } : {});
  } catch (cause) {
    throw new Error(
      `${solver}: HiGHS must find its highs.wasm, got ${messageOf(cause)}; say where it is by locateFile`,
      { cause },
    );
  }
}

/** The package's types call it CommonJS; what `import` loads is an ES module. */
interface HighsModule {
  readonly default: (options: InitOptions) => Promise<Highs>;
}

async function importHighs(solver: string): Promise<HighsModule> {
  try {
    return (await import('highs')) as unknown as HighsModule;
  } catch (cause) {
    throw new Error(`${solver}: needs the package highs; add it with \`npm install highs\``, { cause });
  }
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
