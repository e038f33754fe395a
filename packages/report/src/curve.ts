/** One point of a curve: a training step and the value there. */
export type Point = readonly [step: number, value: number];

/** Maximum number of points of a drawn curve; more are not visible on a page. */
const resolution = 240;

/** Keeps the points whose value is finite, so that a NaN loss does not break the page. */
export function finite(points: readonly Point[]): Point[] {
  return points.filter(([step, value]) => Number.isFinite(step) && Number.isFinite(value));
}

/**
 * Smooths a noisy curve: a running mean over about 2 % of its points, thinned to at most 240. The first and the last point
 * keep their step.
 */
export function smooth(points: readonly Point[]): Point[] {
  const curve = finite(points);
  const reach = Math.floor(curve.length / 100);
  const sums = new Float64Array(curve.length + 1);
  for (let i = 0; i < curve.length; i++) sums[i + 1] = sums[i]! + curve[i]![1];
  const stride = Math.max(1, (curve.length - 1) / (resolution - 1));
  const smoothed: Point[] = [];
  for (let at = 0; Math.round(at) < curve.length; at += stride) {
    const i = Math.round(at);
    // At the start, where a curve is steep, the window stays centred; at the end it only looks back.
    const [from, to] = [i - Math.min(reach, i), Math.min(i + Math.min(reach, i) + 1, curve.length)];
    const mean = (sums[to]! - sums[from]!) / (to - from);
    smoothed.push([curve[i]![0], mean]);
  }
  return smoothed;
}
