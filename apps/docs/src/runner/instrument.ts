import { parser } from '@lezer/javascript';

interface Ending {
  readonly from: number;
  readonly to: number;
  /** The expression, where the statement is one; the name of the constant that it declares otherwise. */
  readonly expression: string;
  readonly declares: boolean;
}

const typescript = parser.configure({ dialect: 'ts' });

/**
 * Turns the comments of an example into calls: a line that ends in `// => expected` calls `__show(line, value, 'expected')`
 * with the expression, or the constant, before it; one that ends in `// show` calls it without a value to expect, and
 * one that ends in `// plot` calls `__plot`. Lines keep their numbers.
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
        endings.push({ from, to, expression, declares: false });
      }
      if (name === 'VariableDeclaration') {
        const last = node.getChildren('VariableDefinition').at(-1);
        if (last) endings.push({ from, to, expression: code.slice(last.from, last.to), declares: true });
      }
    },
  });
  if (broken !== undefined) return { code, brokenLine: lineAt(code, broken) };
  let result = code;
  for (const { from, to } of comments.reverse()) {
    const said = /^\/\/\s*(?:=>\s*(.+?)|(plot|show))\s*$/.exec(code.slice(from, to));
    const ending = endings.find((each) => each.to <= from && /^[ \t]*$/.test(code.slice(each.to, from)));
    if (!said || !ending) continue;
    const line = lineAt(code, from);
    const call =
      said[2] === 'plot'
        ? `__plot(${line}, ${ending.expression}, ${JSON.stringify(ending.expression)});`
        : `__show(${line}, ${ending.expression}, ${said[1] ? JSON.stringify(said[1]) : 'undefined'});`;
    const start = ending.declares ? ending.to : ending.from;
    result = `${result.slice(0, start)}${ending.declares ? ' ' : ''}${call}${result.slice(ending.to)}`;
  }
  return { code: result };
}

function lineAt(code: string, offset: number): number {
  return code.slice(0, offset).split('\n').length;
}
