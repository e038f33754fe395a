import type { Highs, InitOptions } from 'highs';

/**
 * Loads a separate HiGHS for each caller: text that it cannot parse may end the WebAssembly instance, which must not
 * affect other solvers.
 */
export async function loadHighs(solver: string, locateFile?: (file: string) => string): Promise<Highs> {
  const { default: load } = await importHighs(solver);
  try {
    return await load(locateFile ? { locateFile } : {});
  } catch (cause) {
    throw new Error(
      `${solver}: HiGHS must find its highs.wasm, got ${messageOf(cause)}; pass its location with locateFile`,
      { cause },
    );
  }
}

/** The package's types declare CommonJS, but `import` loads an ES module. */
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
