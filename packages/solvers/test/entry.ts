import type fc from 'fast-check';
import type { Context, Sense, Solver } from '../src/index.js';

/** A state by enumeration. */
export type State = ArrayLike<number>;

/** What the battery needs to know about a structure to run every test on its solver. */
export interface SolverEntry {
  /** The solver's name. */
  readonly name: string;
  /** Instances small enough to enumerate. */
  readonly small: readonly SmallInstance[];
}

/** A solver of a size that enumeration reaches, with its oracle. */
export interface SmallInstance {
  readonly label: string;
  build(sense: Sense): Solver;
  /** All states, in the order in which ties are to be broken: the first among equals is expected. */
  states(context?: Context): readonly State[];
  /** `'any'` where the solver promises the same best state each time, but not which one. Default: `'first'`. */
  readonly ties?: 'first' | 'any';
  /**
   * `'both'`: takes any infinity, and always has an answer. `'mask'` (the default): takes the forbidding one, and throws
   * where it leaves no state. `'none'`: is not tried.
   */
  readonly infinities?: 'both' | 'mask' | 'none';
  /** The senses to test. Default: both. */
  readonly senses?: readonly Sense[];
  /** Finite scores for one element, dyadic (see `dyadic`). Default: of either sign, many ties, spread 1e-6 to 1e4. */
  readonly score?: fc.Arbitrary<number>;
  /** Contexts of one instance; needed by solvers that read one. */
  readonly context?: fc.Arbitrary<Readonly<Record<string, number[]>>>;
  /** A theta, when maximising, of which the state z is the only best one. Default: 2 z - 1, right for zeros and ones. */
  echo?(z: Float32Array): Float32Array;
}
