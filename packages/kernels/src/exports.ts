/**
 * What the WebAssembly module exports. All arguments are addresses in its memory, counts, and numbers.
 *
 * @experimental
 */
export interface Exports {
  firstFreeByte(): number;
  /** The bytes in which kernels of a thread work for a moment, and what moves them: every thread has its own. */
  bytesOfRoom(): number;
  useRoom(at: number): void;

  // Of @aimle/random. A stream has a key of two words; `first` is even; some numbers behind the last are overwritten.

  /** Writes `count` words of a stream from element `first` on. */
  fillWords(key0: number, key1: number, first: number, count: number, out: number): void;
  /** Writes float32 numbers, uniform in (0, 1). */
  fillUniform(key0: number, key1: number, first: number, count: number, out: number): void;
  /** Writes integers in [low, low + range), range < 2^32. */
  fillIntegers(
    key0: number,
    key1: number,
    first: number,
    count: number,
    low: number,
    range: number,
    out: number,
  ): void;
  /** Writes standard normal float32 numbers. */
  fillNormal(key0: number, key1: number, first: number, count: number, out: number): void;
  /** Writes float32 draws of noise: the quantiles of a table, plus a shift. */
  fillFromTable(
    table: number,
    shift: number,
    key0: number,
    key1: number,
    first: number,
    count: number,
    out: number,
  ): void;
  /** Writes the float64 tails of which quantile functions make draws. */
  writeTails(key0: number, key1: number, first: number, count: number, out: number): void;

  // Of @aimle/solvers. Rows before the first NaN are solved.

  /**
   * Solves rows for subsets of at least `low` and at most `high` of n items, and returns how many come before a NaN.
   * `scores` has room for n + 32 numbers, `state` for n bits, `room` for 2 n + 256 numbers.
   */
  solveSubsets(
    n: number,
    low: number,
    high: number,
    minimise: boolean,
    rows: number,
    theta: number,
    z: number,
    scores: number,
    state: number,
    room: number,
  ): number;
  /** Writes the place of the best of n for each row, as a word, and returns how many rows come before a NaN. */
  solveCategorical(n: number, minimise: boolean, rows: number, theta: number, places: number): number;
  /**
   * Writes the best states of rows, as bits, for the structure that was set, and returns how many come before one with a
   * NaN or an infinity. A minimiser's theta is overwritten.
   */
  solveFiniteRows(minimise: boolean, rows: number, theta: number, states: number): number;
  /** Writes 1 for each score of 0 or more, else 0; returns 0 where one is NaN. */
  solveBernoulli(minimise: boolean, count: number, theta: number, z: number): number;

  // Of @aimle/estimators: the fused pass.

  /** Sets the structure of the next passes: at least `low` and at most `high` of n. `room`: 2 n + 256 numbers. */
  setSubsets(n: number, low: number, high: number, room: number): void;
  /** Sets the structure: spanning trees of a complete graph. `room`: (2 v + 3) * 4 ceil(v / 4) numbers. */
  setTrees(vertices: number, room: number): void;
  /** Sets the structure: chains. `room`: 3 (l + 2) doubles for l labels, and a word for each label of each position. */
  setChain(length: number, labels: number, room: number): void;
  /** Sets their noise, after the structure; standard normal where the table is 1, and none where it is 0. `room`: max(1024, n) + 32 numbers. */
  setNoise(table: number, shift: number, room: number): void;
  /**
   * Sets their layout, after the structure: samples and events of a batch element, states in a group, and whether
   * theta is costs. `room`: r (2 n + 90 + n / 16) + 64 numbers, with r = max(1, 1024 / n) the rows at a time.
   */
  setLayout(samples: number, events: number, group: number, minimise: boolean, room: number): void;
  /** Starts a new sum of the magnitudes of all scores that are solved for. */
  forgetMagnitudes(): void;
  /**
   * Solves theta + temperature * noise for `count` batch elements from `first` on: writes z, and states as bits. Returns
   * the sum of magnitudes: NaN if one was NaN, infinite if one was infinite; states are then not to be used.
   */
  sampleStates(
    first: number,
    count: number,
    key0: number,
    key1: number,
    temperature: number,
    theta: number,
    z: number,
    states: number,
  ): number;
  /** Subtracts c (z - 1/2) from the numbers of each row. */
  correctRows(numbers: number, states: number, rows: number, c: number): void;
  /** Sums factor * g along each row, and its square: two doubles for each row. */
  sumRows(numbers: number, rows: number, factor: number, out: number): void;
  /** Two doubles for each row from row `first` on: how g and z vary with the noise. `room`: two rows of numbers. */
  covaryWithNoise(
    first: number,
    rows: number,
    key0: number,
    key1: number,
    noiseMean: number,
    numbers: number,
    states: number,
    room: number,
    out: number,
  ): void;
  /** The same with z over the samples. `room`: z of a batch element; `centres`: events * n doubles. */
  covaryOverSamples(
    elements: number,
    numbers: number,
    states: number,
    room: number,
    centres: number,
    out: number,
  ): void;
  /**
   * Averages differences over draws of the noise, for `count` batch elements from `first` on; difference.ts of
   * assembly/ says what each address holds. Returns the sum of magnitudes, as `sampleStates`.
   */
  averageDifferences(
    first: number,
    count: number,
    keys: number,
    draws: number,
    temperature: number,
    keepTheta: boolean,
    above: number,
    theta: number,
    gradient: number,
    along: number,
    weights: number,
    states: number,
    spare: number,
    bases: number,
    out: number,
    counts: number,
  ): number;
  /**
   * Moves a parameter and its two moments by a step of Adam, in place; returns the sum of the gradient. Zeros follow the
   * arrays, up to a multiple of four.
   */
  adamStep(
    count: number,
    parameter: number,
    gradient: number,
    mean: number,
    square: number,
    beta1: number,
    beta2: number,
    epsilon: number,
    rate: number,
    scale: number,
  ): number;
}
