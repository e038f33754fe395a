import type { Progress } from './protocol.js';
import { kinds } from './terrain.js';

/** What was measured, step by step; thinned out where there is more than a chart can show. */
export class History {
  readonly #points: { readonly step: number; readonly regret: number; readonly right: number }[] = [];
  #every = 1;

  add({ steps, score }: Progress): void {
    const last = this.#points.at(-1);
    // A step that comes after a later one is another model's.
    if (last !== undefined && steps < last.step) this.clear();
    else if (last !== undefined && steps < last.step + this.#every) return;
    this.#points.push({ step: steps, ...score });
    if (this.#points.length <= 400) return;
    this.#every *= 2;
    this.#points.splice(0, this.#points.length, ...this.#points.filter((_, i) => i % 2 === 0));
  }

  clear(): void {
    this.#points.length = 0;
    this.#every = 1;
  }

  get steps(): number {
    return this.#points.at(-1)?.step ?? 0;
  }

  line(of: 'regret' | 'right'): readonly (readonly [number, number])[] {
    return this.#points.map((point) => [point.step, point[of]]);
  }
}

/**
 * What the model takes each kind to cost, on average over its cells, in units that fit the true costs best: paths tell
 * costs only up to a factor. NaN for a kind that is not on the map.
 */
export function believed(map: Uint8Array, costs: Float32Array): number[] {
  const sums = kinds.map(() => 0);
  const counts = kinds.map(() => 0);
  map.forEach((kind, cell) => {
    sums[kind]! += costs[cell]!;
    counts[kind]! += 1;
  });
  const means = sums.map((sum, kind) => sum / counts[kind]!);
  let across = 0;
  let square = 0;
  means.forEach((mean, kind) => {
    if (Number.isNaN(mean)) return;
    across += mean * kinds[kind]!.cost;
    square += mean * mean;
  });
  return means.map((mean) => (mean * across) / square);
}
