/**
 * e^x from a table and a polynomial: more than twice as fast as `Math.exp`, and with the same digits on every machine,
 * which the latter does not promise. The error is at most one unit in the last place for |x| up to 2,000; beyond that,
 * it grows as that of x itself.
 */

const LOG2_STEPS = 10;
const STEPS = 1024;
const STEPS_PER_NAT = 1477.3197218702985;

/** How far a number may be from where rounding of its exponent would put it. */
const MARGIN = 1e-3;

/** 2^(step / STEPS), for a little more than all steps. */
const roots = rootsOfTwo();

/** 2^-power, by power, until it is zero. */
const powers = Float64Array.from({ length: 1100 }, (_, power) => 2 ** -power);

/** ln 2 in two parts: the first has 21 trailing zero bits, so that its product with a number of steps is exact. */
const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;
const STEP_HIGH = 0.0006769015433292225;
const STEP_LOW = 1.8634911418658083e-13;

/** What is lighter than this, in nats, has an exponential of zero. */
const LOWEST = -746;

/**
 * Computes exp(theta - shift), for the elements from `from` to before `end`, none of which may exceed the shift.
 */
export function exponentials(
  theta: Float64Array,
  shift: number,
  into: Float64Array,
  from: number,
  end: number,
): void {
  for (let i = from; i < end; i++) {
    const x = theta[i]! - shift;
    if (x < LOWEST) {
      into[i] = 0;
      continue;
    }
    const steps = (x * -STEPS_PER_NAT) | 0;
    const r = x + steps * STEP_HIGH + steps * STEP_LOW;
    const power = (steps + STEPS - 1) >> LOG2_STEPS;
    const root = roots[power * STEPS - steps]! * powers[power]!;
    into[i] = root + root * (r + r * r * (1 / 2 + r * (1 / 6 + r * (1 / 24))));
  }
}

/**
 * Computes exp(theta), element by element, as mantissa * 2^exponent with mantissas between 1 and 2 apart from rounding;
 * 0 has the exponent `-Infinity`.
 */
export function scaledExponentials(
  theta: Float64Array,
  mantissa: Float64Array,
  exponent: Float64Array,
): void {
  for (let i = 0; i < theta.length; i++) {
    const x = theta[i]!;
    const power = Math.floor(x * Math.LOG2E);
    exponent[i] = power;
    if (power === -Infinity) {
      mantissa[i] = 1;
      continue;
    }
    // If x is so large that its last digit exceeds ln 2, the rest has no meaning, so it is clamped.
    const rest = Math.min(Math.max(x - power * LN2_HIGH, -MARGIN), Math.LN2 + MARGIN);
    const step = (rest * STEPS_PER_NAT) | 0;
    const r = rest - step * STEP_HIGH - power * LN2_LOW - step * STEP_LOW;
    const root = roots[step]!;
    mantissa[i] = root + root * (r + r * r * (1 / 2 + r * (1 / 6 + r * (1 / 24))));
  }
}

/** Computes the roots exactly, in fixed point with 120 binary digits, and rounds them. */
function rootsOfTwo(): Float64Array {
  const bits = 120n;
  let root = 2n << bits;
  for (let halving = 0; halving < LOG2_STEPS; halving++) root = squareRoot(root << bits);
  const answer = new Float64Array(STEPS + 4);
  let power = 1n << bits;
  for (let step = 0; step < answer.length; step++) {
    answer[step] = Number(power) * 2 ** -120;
    power = (power * root) >> bits;
  }
  return answer;
}

/** Newton's method from above, which falls until it is exact. */
function squareRoot(square: bigint): bigint {
  let root = square;
  for (let next = (square + 1n) / 2n; next < root; next = (root + square / root) / 2n) root = next;
  return root;
}
