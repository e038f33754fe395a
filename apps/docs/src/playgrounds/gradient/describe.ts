import type { Quality } from './quality.js';
import type { State } from './state.js';

/** The current numbers in words; null while there are none. */
export function describe({ setting, truth, clouds, walk, walking }: State): string | null {
  const aimle = clouds.get('aimle')?.latest.quality;
  const straight = clouds.get('straight-through')?.latest.quality;
  if (!aimle || !straight) return null;
  const of = (quality: Quality): string =>
    `bias ${Number.isNaN(quality.bias) ? 'unknown' : quality.bias.toFixed(3)}, error ${quality.error.toFixed(2)}`;
  const norm = Math.hypot(...truth.gradient);
  const found =
    walk === null
      ? ''
      : ` After ${walk.passes.toLocaleString('en')} passes the default is at λ ${walk.noiseScaled.toFixed(2)}, ` +
        `the paper’s controller at ${walk.paper.toFixed(2)}${walking ? ', walking' : ''}.`;
  return (
    `Expected loss ${truth.loss.toFixed(3)}, length of the true gradient ${norm.toFixed(3)}. ` +
    `AIMLE at λ ${setting.lambda.toPrecision(2)}: ${of(aimle)}, ${Math.round(100 * aimle.zeros)}% of estimates zero. ` +
    `Straight-through: ${of(straight)}.${found}`
  );
}
