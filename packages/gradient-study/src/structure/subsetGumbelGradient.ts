/** Nodes of the trapezoid rule per unit of log time; the integrand is smooth and decays doubly exponentially. */
const NODES_PER_UNIT = 12;

/**
 * Computes the gradient of E <c, z> for z the k-subset of the largest theta + Gumbel noise.
 *
 * T_i = exp(-theta_i - noise_i) are exponential arrival times with rates w_i = exp(theta_i), and z holds the k that
 * arrive first. Raising theta_j makes j arrive earlier; z changes only where i and j arrive together after k - 1
 * others:
 *
 *   dE/dtheta_j = sum_i (c_j - c_i) M_ij,   M_ij = integral over u = log t of h_i h_j P(k - 1 of the rest before t),
 *   h_i = w_i t exp(-w_i t).
 *
 * The sum over i is the coefficient of x^(k-1) in a product of one polynomial q_l + p_l x for each other item, with one
 * factor replaced by h_i or c_i h_i: prefixes and suffixes give all j at O(size k) a node, in sums of positive terms.
 */
export function subsetGumbelGradient(theta: Float64Array, c: Float64Array, k: number): Float64Array {
  const n = theta.length;
  const gradient = new Float64Array(n);
  if (k >= n) return gradient;
  let highest = -Infinity;
  let lowest = Infinity;
  for (const value of theta) {
    highest = Math.max(highest, value);
    lowest = Math.min(lowest, value);
  }
  // Before the first arrival log t is about -highest - log n, and after log t = 4 - lowest all have arrived.
  const start = -highest - 40 - Math.log(n);
  const nodes = Math.ceil((4 - lowest - start) * NODES_PER_UNIT);
  const h = new Float64Array(n);
  const before = new Float64Array(n);
  // Row j: the product of the factors below (above) j: plain, with one factor h, with one factor c h.
  const prefix = polynomials(n + 1, k);
  const suffix = polynomials(n + 1, k);
  for (let node = 0; node < nodes; node++) {
    const t = Math.exp(start + node / NODES_PER_UNIT);
    for (let i = 0; i < n; i++) {
      const rate = Math.exp(theta[i]!) * t;
      h[i] = rate * Math.exp(-rate);
      before[i] = -Math.expm1(-rate);
    }
    for (let i = 0; i < n; i++) multiply(prefix, i, i + 1, before[i]!, h[i]!, c[i]!, k);
    for (let i = n - 1; i >= 0; i--) multiply(suffix, i + 1, i, before[i]!, h[i]!, c[i]!, k);
    for (let j = 0; j < n; j++) {
      let meetings = 0;
      let losses = 0;
      for (let m = 0; m < k; m++) {
        const a = j * k + m;
        const b = (j + 1) * k + (k - 1 - m);
        meetings += prefix.marked[a]! * suffix.plain[b]! + prefix.plain[a]! * suffix.marked[b]!;
        losses += prefix.weighted[a]! * suffix.plain[b]! + prefix.plain[a]! * suffix.weighted[b]!;
      }
      gradient[j]! += (h[j]! * (c[j]! * meetings - losses)) / NODES_PER_UNIT;
    }
  }
  return gradient;
}

interface Polynomials {
  readonly plain: Float64Array;
  readonly marked: Float64Array;
  readonly weighted: Float64Array;
}

function polynomials(rows: number, k: number): Polynomials {
  const make = () => new Float64Array(rows * k);
  const made = { plain: make(), marked: make(), weighted: make() };
  made.plain[0] = 1;
  made.plain[(rows - 1) * k] = 1;
  return made;
}

/** Row `to` = row `from` times (1 - p + p x), the marked ones also with h or c h in the factor's place. */
function multiply(
  { plain, marked, weighted }: Polynomials,
  from: number,
  to: number,
  p: number,
  h: number,
  c: number,
  k: number,
): void {
  for (let m = 0; m < k; m++) {
    const a = from * k + m;
    const b = to * k + m;
    const q = 1 - p;
    plain[b] = q * plain[a]! + (m > 0 ? p * plain[a - 1]! : 0);
    marked[b] = q * marked[a]! + (m > 0 ? p * marked[a - 1]! : 0) + h * plain[a]!;
    weighted[b] = q * weighted[a]! + (m > 0 ? p * weighted[a - 1]! : 0) + c * h * plain[a]!;
  }
}
