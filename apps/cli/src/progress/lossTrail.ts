const blocks = '▁▂▃▄▅▆▇█';

/** Number of means kept. When it is reached, neighbours are merged, and each mean stands for twice as many steps. */
const capacity = 128;

/** Keeps the losses so far in bounded memory, and draws them as a sparkline. */
export class LossTrail {
  #means: number[] = [];
  #stride = 1;
  #sum = 0;
  #count = 0;

  add(loss: number): void {
    if (!Number.isFinite(loss)) return;
    this.#sum += loss;
    this.#count++;
    if (this.#count < this.#stride) return;
    this.#means.push(this.#sum / this.#count);
    this.#sum = 0;
    this.#count = 0;
    if (this.#means.length < capacity) return;
    this.#means = Array.from(
      { length: capacity / 2 },
      (_, i) => (this.#means[2 * i]! + this.#means[2 * i + 1]!) / 2,
    );
    this.#stride *= 2;
  }

  /** Draws at most `width` blocks from the first step to now. The scale leaves out the highest tenth, from the start of the run. */
  sparkline(width: number): string {
    const cells = shrunk(this.#means, width);
    const sorted = cells.toSorted((a, b) => a - b);
    const [low, high] = [sorted[0] ?? 0, sorted[Math.floor(0.9 * (sorted.length - 1))] ?? 0];
    return cells
      .map((mean) => {
        const height = high > low ? Math.min(1, (mean - low) / (high - low)) : 0;
        return blocks[Math.round(height * (blocks.length - 1))];
      })
      .join('');
  }
}

/** The means of `width` stretches of about equal length. */
function shrunk(values: readonly number[], width: number): number[] {
  if (values.length <= width) return [...values];
  return Array.from({ length: width }, (_, i) => {
    const part = values.slice(
      Math.floor((i * values.length) / width),
      Math.floor(((i + 1) * values.length) / width),
    );
    return part.reduce((sum, value) => sum + value, 0) / part.length;
  });
}
