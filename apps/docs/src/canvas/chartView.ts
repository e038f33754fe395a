import { type Chart, chartSvg } from '@aimle/report/chart';
import { element } from '../controls/element.js';

/** A chart as wide as its place, redrawn when its size changes or on request. */
export function chartView(height: number, chart: () => Omit<Chart, 'width' | 'height'>) {
  const stage = element('div', { className: 'aimle-stage aimle-chart' });
  let asked = 0;
  const invalidate = (): void => {
    asked ||= requestAnimationFrame(() => {
      asked = 0;
      const width = Math.floor(stage.clientWidth);
      if (width > 0) stage.innerHTML = chartSvg({ ...chart(), width, height });
    });
  };
  const resized = new ResizeObserver(invalidate);
  resized.observe(stage);
  return {
    element: stage,
    invalidate,
    dispose() {
      cancelAnimationFrame(asked);
      resized.disconnect();
    },
  };
}
