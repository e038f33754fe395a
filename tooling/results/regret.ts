/**
 * Prints lines of packages/gradient-study/bench (regret, widths or minibatch) as Markdown tables, and draws their
 * cosines: what apps/docs/pages/results/perturbation-size.md is made with.
 *
 * usage: node --conditions=@aimle/source --import tsx tooling/results/regret.ts summary|cells|picture FILE... [--by KEY]
 *        summary: mean and worst regret by rule, a row for each value of KEY (variant, structure, batch, mode, ...)
 *        cells:   every cell, with standard errors
 *        picture: an SVG file of the mean cosine by S, to standard output
 */
import { parseArgs } from 'node:util';
import type { RegretCell } from '@aimle/gradient-study';
import { type StudyCurve, studySvg } from '@aimle/report';
import { mean, runsIn, table } from './tables.js';

type Line = Readonly<Record<string, unknown>> & { readonly cells: readonly RegretCell[] };

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    by: { type: 'string', default: 'variant' },
    truth: { type: 'string', default: 'perturb-and-map' },
    only: { type: 'string', default: '' },
  },
});
const [what, ...files] = positionals;
const cells = files
  .flatMap((file) => runsIn<Line>(file))
  .flatMap(({ cells: ofLine, ...line }) => ofLine.map((cell) => ({ ...line, ...cell })))
  .filter(({ truth, ...cell }) => truth === values.truth && JSON.stringify(cell).includes(values.only));
const names = [...new Set(cells.flatMap(({ rules }) => rules.map(({ name }) => name)))];

type Cell = (typeof cells)[number];

const print = (head: readonly string[], rows: readonly (readonly string[])[]): void => {
  process.stdout.write(`${table(head, rows)}\n`);
};
const errorOfMean = (errors: readonly number[]): number => Math.hypot(...errors) / errors.length;
const keyOf = (cell: Cell, key: string): string => String((cell as Readonly<Record<string, unknown>>)[key]);

if (what === 'summary') {
  const groups = new Map<string, Cell[]>();
  for (const cell of cells) {
    const group = values.by
      .split(',')
      .map((key) => keyOf(cell, key))
      .join(', ');
    groups.set(group, [...(groups.get(group) ?? []), cell]);
  }
  if (groups.size > 1) groups.set('all', cells);
  print(
    [values.by, 'cells', ...names],
    [...groups].map(([group, ofGroup]) => [
      group,
      String(ofGroup.length),
      ...names.map((name) => {
        const found = ofGroup.map(({ rules }) => rules.find((rule) => rule.name === name)!);
        const regrets = found.map(({ regret }) => regret);
        const error = errorOfMean(found.map((rule) => rule.error));
        return `${mean(regrets).toFixed(3)} ± ${error.toFixed(3)}, ${Math.max(...regrets).toFixed(3)}`;
      }),
    ]),
  );
} else if (what === 'cells') {
  print(
    [values.by, 'difference', 'S', 'best lambda', 'its cosine', ...names],
    cells.map((cell) => [
      values.by
        .split(',')
        .map((key) => keyOf(cell, key))
        .join(', '),
      cell.mode,
      String(cell.samples),
      cell.lambda.toFixed(2),
      cell.cosine.toFixed(3),
      ...names.map((name) => {
        const rule = cell.rules.find((each) => each.name === name)!;
        return `${rule.regret.toFixed(3)} ± ${rule.error.toFixed(3)}`;
      }),
    ]),
  );
} else {
  const sizes = [...new Set(cells.map(({ samples }) => samples))];
  const modes = [...new Set(cells.map(({ mode }) => mode))];
  const curve = (label: string, mode: string, of: (cell: Cell) => [number, number]): StudyCurve => ({
    label,
    difference: modes.length > 1 ? mode : null,
    points: sizes.map((x) => {
      const found = cells.filter((cell) => cell.samples === x && cell.mode === mode).map(of);
      const error = errorOfMean(found.map(([, each]) => each));
      return { x, mean: mean(found.map(([value]) => value)), error, known: null, difference: null };
    }),
  });
  const curves = modes.flatMap((mode) => [
    curve('best fixed lambda', mode, ({ cosine }) => [cosine, 0]),
    ...names.map((name) =>
      curve(name, mode, ({ rules, cosine: best }) => {
        const { cosine, error } = rules.find((rule) => rule.name === name)!;
        return [cosine, best * error];
      }),
    ),
  ]);
  process.stdout.write(
    studySvg(
      {
        title: 'Cosine with the exact gradient',
        caption: '',
        xLabel: 'S, samples of an estimate',
        yLabel: 'mean cosine',
        xScale: 'log',
        yRange: [0, 1],
        curves,
        levels: [],
      },
      760,
      420,
    ),
  );
}
