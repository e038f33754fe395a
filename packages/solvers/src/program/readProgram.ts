import type { Highs, Model } from 'highs';

/** A linear program inside HiGHS: its columns by name, their bounds, and which are integers. */
export interface Program {
  readonly model: Model;
  readonly columns: ReadonlyMap<string, number>;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** Whether 0 is allowed: within the bounds, or beside them for semi-continuous and semi-integer variables. */
  readonly mayBeZero: readonly boolean[];
  readonly integer: readonly boolean[];
}

/** Reads a text as a program, without its objective. */
export function readProgram(solver: string, highs: Highs, text: string): Program {
  if (typeof text !== 'string') {
    throw new TypeError(`${solver}: model must be a text in the CPLEX LP format, got ${typeof text}`);
  }
  const model = parse(solver, highs, text);
  const { numCols: columns, hessianNonzeros } = model.getDimensions();
  // HiGHS reads some text that it cannot parse as a program without variables.
  if (columns === 0) rejectText(solver, 'no variables in it');
  if (hessianNonzeros > 0) {
    throw new RangeError(`${solver}: model must be linear, got quadratic terms; theta is its objective`);
  }
  const { colLower: lower, colUpper: upper, integrality } = model.getLp();
  const all = Array.from(lower.keys());
  const { continuous, semiContinuous, semiInteger } = highs.constants.variableType;
  model.changeObjectiveSense(highs.constants.objectiveSense.minimize);
  return {
    model,
    columns: new Map(all.map((column) => [model.getColName(column), column])),
    lower,
    upper,
    mayBeZero: all.map(
      (column) =>
        integrality[column] === semiContinuous ||
        integrality[column] === semiInteger ||
        (lower[column]! <= 0 && upper[column]! >= 0),
    ),
    integer: all.map(
      (column) => integrality[column] !== continuous && integrality[column] !== semiContinuous,
    ),
  };
}

function parse(solver: string, highs: Highs, data: string): Model {
  const model = highs.createModel();
  model.options.set({
    output_flag: false,
    // Solves exactly: the defaults stop within 0.01 % of the best.
    mip_rel_gap: 0,
    mip_abs_gap: 0,
    // The tightest setting: scores are scaled to at most 1024, so this is 10^-13 of the largest.
    dual_feasibility_tolerance: 1e-10,
  });
  try {
    model.readModel({ format: 'lp', data });
  } catch (cause) {
    rejectText(solver, 'text that HiGHS cannot parse', cause);
  }
  return model;
}

function rejectText(solver: string, got: string, cause?: unknown): never {
  throw new RangeError(
    `${solver}: model must be a text in the CPLEX LP format ("Maximize ... Subject To ... End"), got ${got}`,
    { cause },
  );
}
