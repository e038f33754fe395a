import { parser } from '@lezer/javascript';

interface Ending {
  readonly from: number;
  readonly to: number;
  /** The expression, where the statement is one; the name of the constant that it declares otherwise. */
  readonly expression: string;
  readonly kind: 'declaration' | 'value' | 'action' | 'nested';
}

const typescript = parser.configure({ dialect: 'ts' });

/** Expressions that are written for what they do. Any other, alone on a line, is written to see its value. */
const actions =
  /^(CallExpression|AssignmentExpression|UpdateExpression|UnaryExpression|AwaitExpression|String)$/;

/**
 * Turns the comments of an example into calls: `// => expected` after a statement, in its line or in the next, calls
 * `__show(line, value, 'expected', (about) => expected)` with the expression, or the constant, before it; `// show` calls
 * it without a value to expect, and `// plot` calls `__plot`. An expression without such a comment whose value would be lost is shown
 * too, and so is what the last statement returns, if it returns anything. Lines keep their numbers.
 */
export function instrument(code: string) {
  const endings: Ending[] = [];
  const comments: { from: number; to: number }[] = [];
  let broken: number | undefined;
  typescript.parse(code).iterate({
    enter({ name, type, from, to, node }) {
      if (type.isError) broken ??= from;
      if (name === 'LineComment') comments.push({ from, to });
      if (name === 'ExpressionStatement') {
        const expression = code.slice(from, to).trimEnd().replace(/;$/, '');
        const isAction = actions.test(node.firstChild?.name ?? '');
        const kind = node.parent?.name !== 'Script' ? 'nested' : isAction ? 'action' : 'value';
        endings.push({ from, to, expression, kind });
      }
      if (name === 'VariableDeclaration') {
        const last = node.getChildren('VariableDefinition').at(-1);
        if (last) endings.push({ from, to, expression: code.slice(last.from, last.to), kind: 'declaration' });
      }
    },
  });
  if (broken !== undefined) return { code, brokenLine: lineAt(code, broken) };
  const calls = new Map<Ending, string>();
  for (const { from, to } of comments) {
    const said = /^\/\/\s*(?:=>\s*(.+?)|(plot|show))\s*$/.exec(code.slice(from, to));
    const ending = endings.find((each) => each.to <= from && isNext(code.slice(each.to, from)));
    if (!said || !ending) continue;
    calls.set(ending, said[2] === 'plot' ? plotCall(code, ending) : showCall(code, ending, said[1]));
  }
  for (const [at, ending] of endings.entries()) {
    const isLast =
      at === endings.length - 1 &&
      code
        .slice(ending.to)
        .replaceAll(/\/\/.*/g, '')
        .trim() === '';
    if (calls.has(ending)) continue;
    if (ending.kind === 'value') calls.set(ending, showCall(code, ending));
    if (ending.kind === 'action' && isLast) calls.set(ending, call('__last', code, ending));
  }
  let result = code;
  for (const [{ from, to, kind }, text] of [...calls].sort(([a], [b]) => b.from - a.from)) {
    const isDeclared = kind === 'declaration';
    result = `${result.slice(0, isDeclared ? to : from)}${isDeclared ? ' ' : ''}${text}${result.slice(to)}`;
  }
  return { code: result };
}

function isNext(between: string): boolean {
  return /^[ \t]*(\n[ \t]*)?$/.test(between);
}

function plotCall(code: string, ending: Ending): string {
  return call('__plot', code, ending, JSON.stringify(ending.expression));
}

function showCall(code: string, ending: Ending, comment?: string): string {
  return comment === undefined
    ? call('__show', code, ending)
    : call('__show', code, ending, JSON.stringify(comment), ...expectation(comment));
}

function call(name: string, code: string, { to, expression }: Ending, ...more: readonly string[]): string {
  return `${name}(${[lineAt(code, to), expression, ...more].join(', ')});`;
}

/**
 * The expectation as a function of what `~` means, if the comment is an expression. It is compiled with the example,
 * because a page whose policy forbids evaluation from strings must compare values too.
 */
function expectation(comment: string): string[] {
  const source = `(${comment.replaceAll(/~\s*(-?[\d.]+(?:e[+-]?\d+)?)/gi, "about('$1')")})`;
  let isExpression = true;
  parser.parse(source).iterate({
    enter({ type }) {
      if (type.isError) isExpression = false;
    },
  });
  return isExpression ? [`(about) => ${source}`] : [];
}

function lineAt(code: string, offset: number): number {
  return code.slice(0, offset).split('\n').length;
}
