import { requireInteger, requireNumber } from '../constraints.js';

/** The two parameters of Sum-of-Gamma noise. */
export interface SumOfGammaParameters {
  /** How many such draws add up to a Gumbel draw: the number of ones in a state, `solver.kappa`. */
  readonly kappa: number;
  /** How many gamma variables are summed, s in the papers; default 10. */
  readonly terms?: number;
}

export function checked(
  caller: string,
  { kappa, terms = 10 }: SumOfGammaParameters,
): Required<SumOfGammaParameters> {
  requireInteger(`${caller}: terms`, terms, 1, 200);
  requireNumber(`${caller}: kappa (from 1 to 100 * terms)`, kappa, 1, 100 * terms);
  return { kappa, terms };
}

/** What is subtracted from Y = sum of Gamma(1/kappa, rate j) to make it noise. */
export function offset({ kappa, terms }: Required<SumOfGammaParameters>): number {
  return Math.log(terms) / kappa;
}
