import type { Continuations } from './continuations.js';

/**
 * Builds the derivative of a chain's marginals in a direction v, by differentiating the inside pass, whose shares must
 * be filled, and the pass from the first position onward. As for hypergraphs, tangents are taken relative to that of the
 * largest share, so that nothing cancels where one label has almost all of it.
 */
export function chainTangent(
  length: number,
  labels: number,
  { share, start }: Pick<Continuations, 'share' | 'start'>,
): (v: Float64Array, out: Float64Array) => void {
  const unary = length * labels;
  const shareTangent = new Float64Array(share.length);
  const startTangent = new Float64Array(labels);
  /** By label: the tangent of the logarithm of its continuations, now and before this position. */
  const after = new Float64Array(labels);
  const here = new Float64Array(labels);
  let visit = new Float64Array(labels);
  let visitTangent = new Float64Array(labels);
  let next = new Float64Array(labels);
  let nextTangent = new Float64Array(labels);

  /** Writes the tangents of some shares from those of their logarithms, relative to the others; returns the mean. */
  function choose(shares: Float64Array, at: number, tangents: Float64Array): number {
    let argmax = at;
    for (let e = at + 1; e < at + labels; e++) if (shares[e]! > shares[argmax]!) argmax = e;
    const centre = tangents[argmax]!;
    let mean = 0;
    for (let e = at; e < at + labels; e++) {
      tangents[e]! -= centre;
      mean += shares[e]! * tangents[e]!;
    }
    for (let e = at; e < at + labels; e++) tangents[e] = shares[e]! * (tangents[e]! - mean);
    return centre + mean;
  }

  function backward(v: Float64Array): void {
    for (let a = 0; a < labels; a++) after[a] = v[unary - labels + a]!;
    for (let t = length - 2; t >= 0; t--) {
      for (let a = 0; a < labels; a++) {
        const at = (t * labels + a) * labels;
        for (let b = 0; b < labels; b++) shareTangent[at + b] = v[unary + at + b]! + after[b]!;
        here[a] = v[t * labels + a]! + choose(share, at, shareTangent);
      }
      after.set(here);
    }
    startTangent.set(after);
    choose(start, 0, startTangent);
  }

  return (v, out) => {
    backward(v);
    visit.set(start);
    visitTangent.set(startTangent);
    for (let t = 0; t < length; t++) {
      out.set(visitTangent, t * labels);
      if (t === length - 1) return;
      next.fill(0);
      nextTangent.fill(0);
      for (let a = 0; a < labels; a++) {
        const [probability, slope] = [visit[a]!, visitTangent[a]!];
        const at = (t * labels + a) * labels;
        for (let b = 0; b < labels; b++) {
          const taken = slope * share[at + b]! + probability * shareTangent[at + b]!;
          out[unary + at + b] = taken;
          next[b]! += probability * share[at + b]!;
          nextTangent[b]! += taken;
        }
      }
      [visit, next] = [next, visit];
      [visitTangent, nextTangent] = [nextTangent, visitTangent];
    }
  };
}
