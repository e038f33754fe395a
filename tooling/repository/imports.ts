import { parseSync } from 'oxc-parser';

/** One module that a source names. */
export interface Import {
  readonly specifier: string;
  readonly line: number;
  /** `static` loads with the file; `dynamic` when it is reached; `type` leaves no trace in the build. */
  readonly kind: 'static' | 'dynamic' | 'type';
}

/** Every module that a TypeScript source imports or re-exports from. */
export function importsOf(path: string, source: string): Import[] {
  const { module } = parseSync(path, source);
  const lineOf = (offset: number) => source.slice(0, offset).split('\n').length;
  const named = [
    ...module.staticImports.map(({ start, moduleRequest, entries }) => ({
      specifier: moduleRequest.value,
      line: lineOf(start),
      isType: entries.length > 0 && entries.every(({ isType }) => isType),
    })),
    ...module.staticExports.flatMap(({ start, entries }) =>
      entries.flatMap(({ moduleRequest, isType }) =>
        moduleRequest ? [{ specifier: moduleRequest.value, line: lineOf(start), isType }] : [],
      ),
    ),
  ].map(({ specifier, line, isType }): Import => ({ specifier, line, kind: isType ? 'type' : 'static' }));
  const dynamic = module.dynamicImports.flatMap(({ start, moduleRequest }): Import[] => {
    const literal = /^(['"])(.*)\1$/.exec(source.slice(moduleRequest.start, moduleRequest.end))?.[2];
    return literal === undefined ? [] : [{ specifier: literal, line: lineOf(start), kind: 'dynamic' }];
  });
  return [...named, ...dynamic];
}
