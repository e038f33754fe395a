/** The modules that an example may import, each loaded on first use. */
export const available: Readonly<Record<string, () => Promise<unknown>>> = {
  '@aimle/distributions': () => import('@aimle/distributions'),
  '@aimle/engine': () => import('@aimle/engine'),
  '@aimle/estimators': () => import('@aimle/estimators'),
  '@aimle/random': () => import('@aimle/random'),
  '@aimle/solvers': () => import('@aimle/solvers'),
  aimle: () => import('aimle'),
  '@tensorflow/tfjs': () => import('@tensorflow/tfjs'),
};

/** Loads the named modules, once each. Throws for a module that the runner does not have. */
export async function load(names: readonly string[]): Promise<Map<string, unknown>> {
  const loaded = await Promise.all(
    names.map(async (name) => {
      const module = available[name];
      if (!module) {
        const known = Object.keys(available).join(', ');
        throw new Error(`on this page an example may import ${known}; got ${JSON.stringify(name)}`);
      }
      return [name, await module()] as const;
    }),
  );
  return new Map(loaded);
}
