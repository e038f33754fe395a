import type { Relaxation } from './relaxedRule.js';

/**
 * Builds the sum of k successive softmaxes: p = softmax(w / tau), then w += log(1 - p).
 *
 * At most one element, the top one, has p > 1/2; only there is 1 - p inaccurate. Its 1 - p is computed from the
 * weight of the other elements instead, in the forward pass and, through the odds r = p / (1 - p), in the backward
 * pass:
 *
 *   d<v, p>/dw = p (v - <p, v>) / tau
 *   d<a, log(1 - p)>/dw_i = (-r_i a_i + p_i R + p_top a_top q_i) / tau,   R = sum of r_j a_j over j other than top,
 *
 * for i other than top, with q the softmax of the others alone; and p_top (R - a_top) / tau for the top. All are
 * bounded.
 */
export function successiveSoftmax(size: number, k: number, temperature: number): Relaxation {
  const p = new Float64Array(k * size);
  const top = new Int32Array(k);
  /** The weight of all but the top, as a share of the second's: q = exp((w - w_second) / tau) / others. */
  const others = new Float64Array(k);
  const scores = new Float64Array(k * size);
  const second = new Float64Array(k);
  const alongScores = new Float64Array(size);

  function step(t: number): void {
    const from = t * size;
    let first = 0;
    for (let i = 1; i < size; i++) if (scores[from + i]! > scores[from + first]!) first = i;
    let runnerUp = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < size; i++) if (i !== first) runnerUp = Math.max(runnerUp, scores[from + i]!);
    let rest = 0;
    for (let i = 0; i < size; i++) {
      if (i !== first) rest += Math.exp((scores[from + i]! - runnerUp) / temperature);
    }
    const behind = Math.exp((runnerUp - scores[from + first]!) / temperature);
    const all = 1 + rest * behind;
    for (let i = 0; i < size; i++) {
      p[from + i] =
        i === first ? 1 / all : Math.exp((scores[from + i]! - scores[from + first]!) / temperature) / all;
    }
    top[t] = first;
    second[t] = runnerUp;
    others[t] = rest;
    if (t + 1 === k) return;
    const next = from + size;
    for (let i = 0; i < size; i++) {
      const left =
        i === first
          ? (runnerUp - scores[from + first]!) / temperature + Math.log(rest / all)
          : Math.log1p(-p[from + i]!);
      scores[next + i] = scores[from + i]! + left;
    }
  }

  function run(w: Float64Array): void {
    scores.set(w);
    for (let t = 0; t < k; t++) step(t);
  }

  return {
    draws: 1,
    relax(w, z) {
      run(w);
      z.fill(0);
      for (let i = 0; i < p.length; i++) z[i % size]! += p[i]!;
    },
    vjp(w, v, out) {
      run(w);
      const a = alongScores.fill(0);
      for (let t = k - 1; t >= 0; t--) {
        const from = t * size;
        const first = top[t]!;
        let mean = 0;
        let odds = 0;
        for (let i = 0; i < size; i++) {
          const share = p[from + i]!;
          mean += share * v[i]!;
          if (i !== first) odds += (share / (1 - share)) * a[i]!;
        }
        const atTop = p[from + first]! * a[first]!;
        for (let i = 0; i < size; i++) {
          const share = p[from + i]!;
          const along =
            i === first
              ? share * odds - atTop
              : share * odds -
                (share / (1 - share)) * a[i]! +
                (atTop * Math.exp((scores[from + i]! - second[t]!) / temperature)) / others[t]!;
          out[i] = a[i]! + (share * (v[i]! - mean) + along) / temperature;
        }
        a.set(out);
      }
    },
  };
}
