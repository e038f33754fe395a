import type { Incidence } from '../graph/incidence.js';

const samples = 16;

/**
 * Computes the minimum number of edges from `from` to `to`, at least 1. Where the context gives one or both, it is the
 * rounded mean over connected pairs, with at most 16 targets, evenly spaced among the vertices.
 */
export function typicalSteps(
  vertices: number,
  ends: Int32Array,
  entering: Incidence,
  from: number | 'context',
  to: number | 'context',
): number {
  const targets =
    to === 'context'
      ? Array.from({ length: Math.min(samples, vertices) }, (_, i, n = Math.min(samples, vertices)) =>
          Math.floor((i * vertices) / n),
        )
      : [to];
  const steps = new Int32Array(vertices);
  const queue = new Int32Array(vertices);
  let sum = 0;
  let pairs = 0;
  for (const target of targets) {
    const reached = breadthFirst(ends, entering, target, steps, queue);
    for (let i = 1; i < reached; i++) {
      if (from !== 'context' && queue[i] !== from) continue;
      sum += steps[queue[i]!]!;
      pairs++;
    }
  }
  return Math.max(1, Math.round(sum / Math.max(1, pairs)));
}

/** Fills the queue with the vertices that lead to the target, nearest first; returns how many. */
function breadthFirst(
  ends: Int32Array,
  { first, arcs }: Incidence,
  target: number,
  steps: Int32Array,
  queue: Int32Array,
): number {
  steps.fill(-1);
  steps[target] = 0;
  queue[0] = target;
  let reached = 1;
  for (let i = 0; i < reached; i++) {
    const vertex = queue[i]!;
    for (let j = first[vertex]!; j < first[vertex + 1]!; j++) {
      const other = ends[arcs[j]! ^ 1]!;
      if (steps[other] !== -1) continue;
      steps[other] = steps[vertex]! + 1;
      queue[reached++] = other;
    }
  }
  return reached;
}
