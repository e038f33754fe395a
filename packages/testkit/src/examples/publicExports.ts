import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Directive, parseSync, type Statement } from 'oxc-parser';
import { type DocComment, docCommentsOf } from './docComments.js';

export interface PublicExport {
  readonly name: string;
  /** True for types and interfaces. */
  readonly isType: boolean;
  readonly comment: DocComment | undefined;
}

interface Declaration {
  readonly name: string;
  readonly start: number;
  readonly isType: boolean;
}

/**
 * Lists what a module exports, each name with its TSDoc comment, through re-exports of the same package. Names from
 * another package are left out: they are documented there.
 *
 * @throws Error on `export *`, which hides what is public, and on a name whose declaration is not found.
 */
export function publicExportsOf(file: string): PublicExport[] {
  const source = readFileSync(file, 'utf8');
  const { program } = parseSync(file, source);
  const comments = docCommentsOf(file, source);
  const declared = program.body.flatMap(declarationsOf);
  const found: PublicExport[] = [];
  for (const statement of program.body) {
    if (statement.type === 'ExportAllDeclaration') {
      throw new Error(`${file}: write the names out; "export *" hides what is public`);
    }
    if (statement.type !== 'ExportNamedDeclaration') continue;
    for (const { name, isType } of declarationsOf(statement)) {
      found.push({ name, isType, comment: commentOf(name, declared, comments, source) });
    }
    const from = statement.source?.value;
    if (from !== undefined && !from.startsWith('.')) continue;
    for (const { local, exported } of statement.specifiers) {
      const localName = nameOf(local);
      const name = nameOf(exported);
      if (from === undefined) {
        const isType = declared.some((each) => each.name === localName && each.isType);
        found.push({ name, isType, comment: commentOf(localName, declared, comments, source) });
      } else {
        found.push({ ...exportOf(sourceFile(file, from), localName), name });
      }
    }
  }
  return found.filter(({ name }, index) => found.findIndex((other) => other.name === name) === index);
}

function exportOf(file: string, name: string): PublicExport {
  const found = publicExportsOf(file).find((each) => each.name === name);
  if (!found) throw new Error(`${file}: exports no "${name}"`);
  return found;
}

function sourceFile(from: string, specifier: string): string {
  const path = join(dirname(from), specifier.replace(/\.js$/, '.ts'));
  if (!existsSync(path)) throw new Error(`${from}: re-exports from ${specifier}, which does not exist`);
  return path;
}

function nameOf(name: { type: string; name?: string; value?: string }): string {
  return name.name ?? name.value ?? '';
}

/** Finds the comment that ends right before a declaration; for an overloaded function, before any of its signatures. */
function commentOf(
  name: string,
  declared: readonly Declaration[],
  comments: readonly DocComment[],
  source: string,
): DocComment | undefined {
  const starts = declared.filter((each) => each.name === name).map(({ start }) => start);
  return comments.find(({ end }) =>
    starts.some((start) => end <= start && source.slice(end, start).trim() === ''),
  );
}

function declarationsOf(statement: Directive | Statement): Declaration[] {
  const { start } = statement;
  const inner =
    statement.type === 'ExportNamedDeclaration' && statement.declaration ? statement.declaration : statement;
  switch (inner.type) {
    case 'FunctionDeclaration':
    case 'TSDeclareFunction':
    case 'ClassDeclaration':
      return inner.id ? [{ name: inner.id.name, start, isType: false }] : [];
    case 'VariableDeclaration':
      return inner.declarations.flatMap(({ id }) =>
        id.type === 'Identifier' ? [{ name: id.name, start, isType: false }] : [],
      );
    case 'TSTypeAliasDeclaration':
    case 'TSInterfaceDeclaration':
      return [{ name: inner.id.name, start, isType: true }];
    default:
      return [];
  }
}
