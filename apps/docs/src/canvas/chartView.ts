import { type Chart, chartSvg } from '@aimle/report/chart';

export interface ChartView {
  readonly element: HTMLElement;
  /** Draws once before the next frame, however often it is called. */
  invalidate(): void;
  dispose(): void;
}

export interface ChartViewOptions {
  readonly height: number;
  readonly chart: () => Omit<Chart, 'width' | 'height'>;
}

/** A chart as wide as its parent, redrawn when its size changes or on request. */
export function chartView(parent: HTMLElement, { height, chart }: ChartViewOptions): ChartView {
  const element = document.createElement('div');
  element.className = 'aimle-chart';
  parent.append(element);
  let asked = 0;
  const invalidate = (): void => {
    asked ||= requestAnimationFrame(() => {
      asked = 0;
      const width = Math.floor(parent.clientWidth);
      if (width > 0) element.innerHTML = chartSvg({ ...chart(), width, height });
    });
  };
  const resized = new ResizeObserver(invalidate);
  resized.observe(parent);
  return {
    element,
    invalidate,
    dispose() {
      cancelAnimationFrame(asked);
      resized.disconnect();
      element.remove();
    },
  };
}
