/**
 * The textbook definitions, state by state. Where theta is dyadic (see `dyadic` in the battery's scores) the scores are
 * exact, and the rest is right to some 1e-15.
 */
export class Oracle {
  readonly states: readonly Uint8Array[];
  readonly scores: readonly number[];
  readonly logPartition: number;
  readonly p: readonly number[];

  constructor(states: readonly Uint8Array[], theta: ArrayLike<number>) {
    this.states = states;
    this.scores = states.map((z) => inner(z, theta));
    const top = this.scores.reduce((a, b) => Math.max(a, b), -Infinity);
    const at = this.scores.indexOf(top);
    const others = this.scores.reduce((sum, score, s) => (s === at ? sum : sum + Math.exp(score - top)), 0);
    this.logPartition = top === -Infinity ? top : top + Math.log1p(others);
    this.p = this.scores.map((score) => Math.exp(score - top) / (1 + others));
    this.#logs = this.scores.map((score, s) =>
      s === at ? -Math.log1p(others) : score - top - Math.log1p(others),
    );
  }

  readonly #logs: readonly number[];

  get possible(): boolean {
    return this.logPartition > -Infinity;
  }

  mean(number: (z: Uint8Array, s: number) => number): number {
    return this.p.reduce((sum, p, s) => (p === 0 ? sum : sum + p * number(this.states[s]!, s)), 0);
  }

  marginal(i: number): number {
    return this.mean((z) => z[i]!);
  }

  /** Element i of Cov[z] v. */
  covariance(i: number, v: ArrayLike<number>): number {
    const [one, along] = [this.marginal(i), this.mean((z) => inner(z, v))];
    return this.mean((z) => (z[i]! - one) * (inner(z, v) - along));
  }

  get entropy(): number {
    return this.mean((_, s) => -this.#logs[s]!);
  }

  /** -E[log p(z; other)], summed directly. */
  crossEntropy(other: Oracle): number {
    if (this.exceeds(other)) return Infinity;
    return this.mean((_, s) => -other.#logs[s]!);
  }

  /** Whether the other forbids a state that this allows, even with a probability too small for a double. */
  exceeds(other: Oracle): boolean {
    return this.scores.some((score, s) => score > -Infinity && other.scores[s] === -Infinity);
  }

  /** sum_s p (e^x - 1 - x) with x = log p'(s) - log p(s): terms of one sign. */
  kl(other: Oracle): number {
    if (this.exceeds(other)) return Infinity;
    const differences = this.p.map((p, s) => {
      if (p === 0) return other.p[s] === 0 ? 0 : Infinity;
      return Math.abs(this.scores[s]! - other.scores[s]!);
    });
    const maxGap = Math.max(...differences);
    const shift =
      maxGap < 1
        ? Math.log1p(this.mean((_, s) => Math.expm1(other.scores[s]! - this.scores[s]!)))
        : other.logPartition - this.logPartition;
    return this.p.reduce((sum, p, s) => {
      if (p === 0) return sum + other.p[s]!;
      const x = maxGap < 1 ? other.scores[s]! - this.scores[s]! - shift : other.#logs[s]! - this.#logs[s]!;
      if (Math.abs(x) < 1e-3) return sum + p * x * x * (1 / 2 + x / 6 + (x * x) / 24 + x ** 3 / 120);
      return sum + (Math.abs(x) < 1 ? p * (Math.expm1(x) - x) : other.p[s]! - p - p * x);
    }, 0);
  }
}

/** <z, theta>, where elements outside z do not count, even if infinite. */
export function inner(z: ArrayLike<number>, theta: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < z.length; i++) if (z[i] !== 0) sum += z[i]! * theta[i]!;
  return sum;
}
