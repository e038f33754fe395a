import type { TextLayout } from './layout.js';

/** Whether padding may be chosen, as in the official code, or is masked by minus infinity. */
export type Padding = 'masked' | 'selectable';

/**
 * Lists the positions of padded texts that may be chosen, ascending among [rows, length]: at least `k` in each text.
 */
export function openPositions(
  { rows, length, padding: front }: TextLayout,
  padding: Padding,
  k: number,
): Int32Array {
  const closed = front.map((count) => (padding === 'masked' ? Math.min(count, length - k) : 0));
  const open = new Int32Array(rows * length - closed.reduce((sum, count) => sum + count, 0));
  let next = 0;
  for (let row = 0; row < rows; row++) {
    for (let i = closed[row]!; i < length; i++) open[next++] = row * length + i;
  }
  return open;
}
