import type { Ink } from '../terminal/terminal.js';
import { duration, short } from '../terminal/wording.js';

export interface Status {
  /** What it is in, such as `epoch 1/2`. */
  readonly part: string;
  readonly step: number;
  readonly steps: number;
  readonly loss: number;
  readonly sparkline: string;
  readonly lambda: number | null;
  readonly stepsPerSecond: number;
  readonly secondsLeft: number;
}

/** Formats one line about a run in progress; a narrow terminal gets fewer parts. */
export function statusLine(status: Status, columns: number, ink: Ink): string {
  const { part, step, steps, loss, sparkline, lambda, stepsPerSecond, secondsLeft } = status;
  // Each part with its rank; the highest rank is dropped first.
  const parts = [
    { rank: 1, text: part, paint: ink.bold },
    { rank: 4, text: bar(step / steps, 12), paint: ink.blue },
    { rank: 2, text: `${String(step).padStart(String(steps).length)}/${steps}`, paint: ink.dim },
    { rank: 0, text: `loss ${short(loss)}`, paint: ink.bold },
    { rank: 5, text: sparkline, paint: ink.green },
    { rank: 6, text: lambda === null ? '' : `lambda ${short(lambda)}`, paint: plain },
    { rank: 7, text: `${short(stepsPerSecond)} steps/s`, paint: ink.dim },
    { rank: 3, text: `${duration(Math.ceil(secondsLeft))} left`, paint: plain },
  ].filter(({ text }) => text !== '');
  while (parts.length > 1 && width(parts) >= columns) {
    const highest = Math.max(...parts.map(({ rank }) => rank));
    parts.splice(
      parts.findIndex(({ rank }) => rank === highest),
      1,
    );
  }
  return parts.map(({ text, paint }) => paint(text)).join('  ');
}

function width(parts: readonly { readonly text: string }[]): number {
  return parts.reduce((sum, { text }) => sum + text.length + 2, -2);
}

function bar(share: number, cells: number): string {
  const full = Math.round(Math.min(1, share) * cells);
  return '━'.repeat(full) + '╌'.repeat(cells - full);
}

const plain = (text: string): string => text;
