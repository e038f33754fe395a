/** One point of a curve: a training step and the value there. */
export type Point = readonly [step: number, value: number];

/** How many points a drawn curve has at most: more cannot be told apart on a page. */
const resolution = 240;

/** The points whose value is a number: a loss that became NaN leaves a gap at its place, not a broken page. */
export function finite(points: readonly Point[]): Point[] {
  return points.filter(([step, value]) => Number.isFinite(step) && Number.isFinite(value));
}

/**
 * A noisy curve made readable: a running mean over about 2 % of its points, thinned to at most 240
 * of them. The first and the last point stay where they are in time.
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
