import { join } from 'node:path';
import type { TwoslashShikiFunction } from '@shikijs/twoslash/core';
import ts from 'typescript';

type Hover = ReturnType<TwoslashShikiFunction>['nodes'][number];

const options: ts.CompilerOptions = {
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  target: ts.ScriptTarget.ES2022,
  customConditions: ['@aimle/source'],
  strict: true,
  skipLibCheck: true,
  noEmit: true,
};

/**
 * The types of the names in examples. All examples are files of one program, since most of the time goes into reading
 * what they import: one program for each would take ten times as long.
 */
export class TypesOfNames {
  /** Examples by the names of their files, which are not on the disk, but stand where their imports are found. */
  readonly #files = new Map<string, string>();
  readonly #folder: string;
  readonly #service: ts.LanguageService;

  constructor(folder: string, examples: readonly string[]) {
    this.#folder = folder;
    for (const code of examples) this.#fileOf(code);
    this.#service = ts.createLanguageService({
      getCurrentDirectory: () => folder,
      getCompilationSettings: () => options,
      getDefaultLibFileName: ts.getDefaultLibFilePath,
      getScriptFileNames: () => [...this.#files.keys()],
      getScriptVersion: () => '1',
      getScriptSnapshot: (file) => {
        const text = this.#files.get(file) ?? ts.sys.readFile(file);
        return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
      },
      fileExists: (file) => this.#files.has(file) || ts.sys.fileExists(file),
      readFile: (file) => this.#files.get(file) ?? ts.sys.readFile(file),
      realpath: (path) => ts.sys.realpath?.(path) ?? path,
      directoryExists: ts.sys.directoryExists,
      getDirectories: ts.sys.getDirectories,
    });
  }

  /** @throws Error where the example has a type error. */
  of(code: string): Hover[] {
    const file = this.#fileOf(code);
    const source = this.#service.getProgram()?.getSourceFile(file);
    if (!source) throw new Error('an example is not a file of the program');
    const [error] = [
      ...this.#service.getSyntacticDiagnostics(file),
      ...this.#service.getSemanticDiagnostics(file),
    ];
    if (error) throw new Error(`${ts.flattenDiagnosticMessageText(error.messageText, '\n')}, in:\n${code}`);
    return namesIn(source).flatMap((name) => this.#hover(source, name));
  }

  #hover(source: ts.SourceFile, name: ts.Identifier): Hover[] {
    const start = name.getStart(source);
    const about = this.#service.getQuickInfoAtPosition(source.fileName, start);
    const text = ts.displayPartsToString(about?.displayParts);
    if (text === '') return [];
    const { line, character } = source.getLineAndCharacterOfPosition(start);
    return [{ type: 'hover', text, target: name.text, start, length: name.text.length, line, character }];
  }

  #fileOf(code: string): string {
    const known = [...this.#files].find(([, text]) => text === code)?.[0];
    if (known !== undefined) return known;
    const file = join(this.#folder, `example-${this.#files.size}.ts`);
    this.#files.set(file, code);
    return file;
  }
}

function namesIn(node: ts.Node): ts.Identifier[] {
  const names: ts.Identifier[] = ts.isIdentifier(node) ? [node] : [];
  ts.forEachChild(node, (child) => {
    names.push(...namesIn(child));
  });
  return names;
}
