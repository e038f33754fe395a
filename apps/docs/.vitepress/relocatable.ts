import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import ts from 'typescript';

/** The placeholder address of a build: words that occur nowhere else, so that they can be found in its output. */
export const anywhere = '/-aimle-site-/';
const variable = '__aimleSite';

/**
 * Makes a site that was built for `anywhere` work from any folder of any host: pages name files relative to themselves,
 * and scripts find the site from their own address.
 */
export function relocate(folder: string): void {
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!/\.(html|js|css)$/.test(name)) continue;
    const text = readFileSync(join(folder, name), 'utf8');
    if (!text.includes(anywhere)) continue;
    writeFileSync(join(folder, name), rewritten(name, text));
  }
}

function rewritten(name: string, text: string): string {
  if (name.endsWith('.js')) return script(text, toRoot(name));
  return name.endsWith('.css') ? text.replaceAll(anywhere, toRoot(name)) : page(text, toRoot(name));
}

/** From a file to the folder of the site: `../../`. */
function toRoot(name: string): string {
  const path = posix.relative(posix.dirname(name.replaceAll('\\', '/')), '.');
  return path === '' ? './' : `${path}/`;
}

/**
 * Going from page to page changes what a relative address means, and parts of a page stay: before the application takes
 * a page over, its links are made absolute.
 */
const absoluteLinks = `<script>for(const e of document.querySelectorAll('a[href^="."],link[rel=icon]'))e.setAttribute("href",e.href)</script>`;

function page(html: string, root: string): string {
  return html.replaceAll(anywhere, root).replace('</body>', `${absoluteLinks}</body>`);
}

/** Strings that hold the address get the real one when they are evaluated. */
function script(code: string, root: string): string {
  const source = ts.createSourceFile('script.js', code, ts.ScriptTarget.ESNext, true, ts.ScriptKind.JS);
  let result = `const ${variable}=decodeURI(new URL("${root}",import.meta.url).pathname);`;
  let at = 0;
  const visit = (node: ts.Node): void => {
    const written = node.getText(source);
    if (!written.includes(anywhere)) return;
    const evaluated = evaluates(node, written);
    if (evaluated === undefined) {
      ts.forEachChild(node, visit);
      return;
    }
    result += code.slice(at, node.getStart(source)) + evaluated;
    at = node.getEnd();
  };
  visit(source);
  return result + code.slice(at);
}

/** The replacement for a string; undefined for everything else. */
function evaluates(node: ts.Node, written: string): string | undefined {
  if (ts.isTemplateLiteralToken(node)) return written.replaceAll(anywhere, `\${${variable}}`);
  if (!ts.isStringLiteral(node)) return undefined;
  const { parent } = node;
  if (
    ts.isImportDeclaration(parent) ||
    ts.isExportDeclaration(parent) ||
    (ts.isPropertyName(node) && 'name' in parent && parent.name === node)
  )
    throw new Error(`relocate: ${written.slice(0, 80)} is a name, and cannot be evaluated`);
  return `${written}.replaceAll("${anywhere}",${variable})`;
}
