import type { Axis, Chart } from '@aimle/report/chart';
import { chartView } from '../canvas/chartView.js';
import type { History } from './history.js';

export interface CurveOptions {
  /** A description for screen readers. */
  readonly description: string;
  readonly y: Axis;
  readonly lines: readonly {
    readonly label: string;
    readonly history: History;
    /** Default: the accent. */
    readonly colour?: string;
  }[];
  readonly level?: () => NonNullable<Chart['levels']>[number] | null;
  readonly height?: number;
  readonly legend?: boolean;
}

/** An axis of fractions, in percent. */
export function shareAxis(label: string): Axis {
  return { label, from: 0, to: 1, format: (value) => `${Math.round(100 * value)}%` };
}

/** Quantities against steps while a model learns. */
export function curve({ lines, level, height = 180, ...rest }: CurveOptions) {
  return chartView(height, () => {
    const compared = level?.() ?? null;
    const last = Math.max(20, ...lines.map(({ history }) => history.points.at(-1)?.[0] ?? 0));
    return {
      ...rest,
      x: { label: 'steps', from: 0, to: last },
      series: lines.map(({ label, history, colour = 'var(--aimle-accent)' }) => ({
        label,
        colour,
        points: history.points,
      })),
      levels: compared === null ? [] : [{ colour: 'var(--aimle-muted)', ...compared }],
    };
  });
}
