import type { Highs } from 'highs';
import { described } from '../description.js';
import { checkBatch, checkSense, rejectInfeasible, rejectInfinity, rejectNaN } from '../validation.js';
import type { LinearProgram, LinearProgramOptions } from './contract.js';
import { readProgram } from './readProgram.js';
import { optimise, rounded } from './solveProgram.js';

/** Builds the solver itself, on a loaded HiGHS. */
export function programSolver(name: string, highs: Highs, options: LinearProgramOptions): LinearProgram {
  const { kappa, sense = 'maximise' } = options;
  checkSense(name, sense);
  if (!(kappa > 0 && kappa < Infinity)) {
    throw new RangeError(`${name}: kappa must be a positive number, got ${String(kappa)}`);
  }
  const { model, columns, lower, upper, mayBeZero, integer } = readProgram(name, highs, options.model);
  const variables = options.variables ?? [...columns.keys()];
  checkNames(name, variables, columns);
  const places = Int32Array.from(variables, (variable) => columns.get(variable)!);
  const size = places.length;
  const sign = sense === 'maximise' ? 1 : -1;
  const costs = new Float64Array(columns.size);
  const everything = { kind: 'range', from: 0, to: columns.size - 1 } as const;
  const masked = new Uint8Array(size);

  model.changeColsCost(everything, costs);
  optimiseOnce();
  // Every instance starts from this basis, whatever was solved before it; an integer program starts without one.
  const basis = integer.includes(true) ? undefined : model.getBasis();

  function optimiseOnce(): void {
    try {
      optimise(name, highs, model, 0);
    } catch (cause) {
      model.dispose();
      throw new RangeError(
        `${name}: model must have a solution, got constraints that contradict each other`,
        {
          cause,
        },
      );
    }
  }

  /** Sets the costs, scaled by a power of two so that HiGHS's absolute tolerances are relative to the largest score. */
  function setCosts(theta: Float32Array, row: number): void {
    let maxScore = 0;
    for (let i = 0; i < size; i++) {
      const score = sign * theta[row * size + i]!;
      if (Number.isNaN(score)) rejectNaN(name, row, `variable ${variables[i]}`);
      if (score === Infinity) rejectInfinity(name, sense, row, `variable ${variables[i]}`);
      masked[i] = +(score === -Infinity);
      if (masked[i] === 0) maxScore = Math.max(maxScore, Math.abs(score));
      costs[places[i]!] = masked[i] === 1 ? 0 : -score;
    }
    const scale = maxScore === 0 ? 1 : 2 ** (9 - Math.floor(Math.log2(maxScore)));
    for (let i = 0; i < size; i++) costs[places[i]!]! *= scale;
    model.changeColsCost(everything, costs);
  }

  /** Fixes masked variables at 0, or restores their bounds. */
  function setBounds(row: number, hold: boolean): void {
    for (let i = 0; i < size; i++) {
      if (masked[i] === 0) continue;
      const place = places[i]!;
      if (hold && !mayBeZero[place]) {
        rejectInfeasible(name, row, `variable ${variables[i]} is masked, but its bounds exclude 0`);
      }
      model.changeColBounds(place, hold ? 0 : lower[place]!, hold ? 0 : upper[place]!);
    }
  }

  function solveOne(theta: Float32Array, z: Float32Array, row: number): void {
    setCosts(theta, row);
    const anyMasked = masked.includes(1);
    try {
      if (anyMasked) setBounds(row, true);
      model.clearSolver();
      if (basis) model.setBasis(basis);
      optimise(name, highs, model, row);
      const { colValue } = model.getSolution();
      for (let i = 0; i < size; i++) {
        const place = places[i]!;
        z[row * size + i] = rounded(colValue[place]!, integer[place]!);
      }
    } finally {
      if (anyMasked) setBounds(row, false);
    }
  }

  return described(
    {
      name,
      size,
      sense,
      kappa,
      variables,
      solve(theta, z, rows) {
        if (model.disposed) throw new Error(`${name}: must not be used after dispose(); make a new one`);
        checkBatch(name, size, theta, z, rows);
        for (let row = 0; row < rows; row++) solveOne(theta, z, row);
      },
      dispose: () => model.dispose(),
    },
    { model: options.model, kappa, variables, sense },
  );
}

function checkNames(
  solver: string,
  variables: readonly string[],
  columns: ReadonlyMap<string, number>,
): void {
  if (variables.length === 0)
    throw new RangeError(`${solver}: variables must name at least one variable, got none`);
  variables.forEach((variable, i) => {
    if (!columns.has(variable)) {
      const some = [...columns.keys()].slice(0, 5).join(', ');
      throw new RangeError(
        `${solver}: variables must be names in the model (${some}${columns.size > 5 ? ', ...' : ''}), got ${variable}`,
      );
    }
    if (variables.indexOf(variable) < i) {
      throw new RangeError(`${solver}: variables must name each variable once, got ${variable} twice`);
    }
  });
}
