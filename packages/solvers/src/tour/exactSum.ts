/** A sum that no rounding reaches: its sign is right however far apart the terms are. */
export interface ExactSum {
  clear(): void;
  add(term: number): void;
  /** Positive, negative or 0, as the sum is. */
  sign(): number;
}

/** Terms are multiples of 2^-149, and their sum is below 2^220: so many parts at most, each with a bit of its own. */
const maxParts = 370;

/**
 * Keeps a sum as parts that share no bits, smallest first; each new term is added to every part, and what an addition
 * rounds off stays a part (Shewchuk, "Adaptive precision floating-point arithmetic", 1997). Terms of similar size
 * need one or two parts.
 */
export function exactSum(): ExactSum {
  const parts = new Float64Array(maxParts);
  let count = 0;

  return {
    clear() {
      count = 0;
    },
    add(term) {
      let sum = term;
      let kept = 0;
      for (let i = 0; i < count; i++) {
        const part = parts[i]!;
        const whole = sum + part;
        const share = whole - sum;
        const rest = sum - (whole - share) + (part - share);
        if (rest !== 0) parts[kept++] = rest;
        sum = whole;
      }
      if (sum !== 0) parts[kept++] = sum;
      count = kept;
    },
    sign: () => (count === 0 ? 0 : parts[count - 1]!),
  };
}
