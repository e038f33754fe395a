import { type Program, parseSync, Visitor } from 'oxc-parser';

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

interface Ending {
  readonly end: number;
  /** The expression to compare, as source text, and the range of source that its assertion replaces. */
  readonly expression: string;
  readonly replaces: readonly [start: number, end: number];
}

/**
 * Turns each `// => value` of an example into an assertion on the expression before it, on the same line or the line
 * above: an expression statement, or the constant that the line declares. Lines keep their numbers.
 *
 * `~0.12` in a value means: 0.12 to the digits shown.
 *
 * @throws Error when the example does not parse, when nothing precedes the comment, or when the value is
 * not an expression.
 */
export function withAssertions(code: string, place: string): string {
  const parsed = parseSync('example.ts', code);
  const [problem] = parsed.errors;
  if (problem) throw new Error(`${place}: the example does not parse: ${problem.message}`);
  const endings = statementEndings(parsed.program, code);
  const edits: Edit[] = [];
  for (const comment of parsed.comments) {
    const value = /^\s*=>(.*)$/.exec(comment.value)?.[1]?.trim();
    if (comment.type !== 'Line' || value === undefined) continue;
    const ending = endings.find(
      ({ end }) => end <= comment.start && /^[ \t]*(\n[ \t]*)?$/.test(code.slice(end, comment.start)),
    );
    if (!ending) {
      throw new Error(
        `${place}: "// => ${value}" must follow an expression or a declared constant, on its line or the next`,
      );
    }
    const [start, end] = ending.replaces;
    edits.push({ start, end, text: `__assertValue(${ending.expression}, ${expectation(value, place)});` });
  }
  return apply(edits, code);
}

function statementEndings(program: Program, code: string): Ending[] {
  const endings: Ending[] = [];
  new Visitor({
    ExpressionStatement({ end, start, expression }) {
      endings.push({
        end,
        expression: code.slice(expression.start, expression.end),
        replaces: [start, end],
      });
    },
    VariableDeclaration({ end, declarations }) {
      const last = declarations.at(-1);
      if (last?.id.type === 'Identifier') {
        endings.push({ end, expression: last.id.name, replaces: [end, end] });
      }
    },
  }).visit(program);
  return endings;
}

function expectation(value: string, place: string): string {
  const text = value.replaceAll(/~\s*(-?[\d.]+(?:e[+-]?\d+)?)/gi, "__about('$1')");
  if (value === '' || parseSync('value.ts', `(${text});`).errors.length > 0) {
    throw new Error(
      `${place}: the text after "// =>" must be an expression and nothing else, got "${value}"`,
    );
  }
  return text;
}

function apply(edits: readonly Edit[], code: string): string {
  let result = code;
  for (const { start, end, text } of [...edits].sort((a, b) => b.start - a.start)) {
    const separator = start === end ? ' ' : '';
    result = `${result.slice(0, start)}${separator}${text}${result.slice(end)}`;
  }
  return result;
}
