import { requireInteger, requireNumber } from '../constraints.js';

/** The two parameters of Sum-of-Gamma noise. */
export interface SumOfGammaParameters {
  /** Number of draws that add up to about one Gumbel draw: the number of ones in a state, `solver.kappa`. */
  readonly kappa: number;
  /** Number of gamma variables that are summed, s in the papers. Default: 10. */
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

/** The constant that is subtracted from Y = sum of Gamma(1/kappa, rate j) to make the noise. */
export function offset({ kappa, terms }: Required<SumOfGammaParameters>): number {
  return Math.log(terms) / kappa;
}
