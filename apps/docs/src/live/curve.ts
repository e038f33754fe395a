import type { Axis } from '@aimle/report/chart';
import { type ChartView, chartView } from '../canvas/chartView.js';
import type { History } from './history.js';

export interface CurveOptions {
  /** A description for screen readers. */
  readonly description: string;
  readonly y: Axis;
  readonly history: History;
  /** The name of the line. */
  readonly label: string;
  /** A level to compare with. */
  readonly level?: () => { readonly value: number; readonly label: string } | null;
}

/** A quantity against steps while a model learns. */
export function curve(
  parent: HTMLElement,
  { description, y, history, label, level }: CurveOptions,
): ChartView {
  return chartView(parent, {
    height: 180,
    chart() {
      const compared = level?.() ?? null;
      return {
        description,
        x: { label: 'steps', from: 0, to: Math.max(20, history.points.at(-1)?.[0] ?? 0) },
        y,
        series: [{ label, colour: 'var(--aimle-accent)', points: history.points }],
        levels: compared === null ? [] : [{ ...compared, colour: 'var(--aimle-muted)' }],
      };
    },
  });
}
