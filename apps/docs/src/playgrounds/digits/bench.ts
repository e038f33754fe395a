import { fittingImage, imageDrawer } from '../../canvas/image.js';
import { surface } from '../../canvas/surface.js';
import { button } from '../../controls/button.js';
import { element } from '../../controls/element.js';
import { readout } from '../../controls/readout.js';
import type { LiveTraining } from '../../live/liveTraining.js';
import { oneAtATime } from '../../live/oneAtATime.js';
import { bits } from './bits.js';
import { type Code, distance, pressed } from './code.js';
import { fade } from './fade.js';
import { CODE, type DigitsAnswer, type DigitsQuestion } from './model.js';
import { SIDE } from './pad.js';
import { sketch } from './sketch.js';

/** The reader's own digit, its code, and what the code decodes to. */
export function bench(live: LiveTraining<DigitsQuestion, DigitsAnswer>) {
  let examples = new Float32Array(0);
  /** The model's code, and the reader's. */
  let own: Code | null = null;
  let shown: Code | null = null;

  const sheet = sketch(() => {
    shown = null;
    refresh();
  });
  const example = (digit: number): Float32Array =>
    examples.slice(digit * SIDE * SIDE, (digit + 1) * SIDE * SIDE);
  const take = Array.from({ length: 10 }, (_, digit) =>
    button({ label: String(digit), onPress: () => sheet.take(example(digit)) }),
  );
  const grid = bits(CODE.rows, CODE.width, (at) => {
    if (shown === null) return;
    shown = pressed(shown, at);
    void decode();
  });
  const numbers = readout();
  const undo = button({
    label: 'Back to its own code',
    onPress() {
      shown = own;
      void decode();
    },
  });
  const draw = imageDrawer(SIDE);
  const gliding = fade(SIDE * SIDE, () => picture.paint());
  const picture = surface({
    label: 'The digit that the code decodes to',
    height: (width) => width,
    draw: (frame) => fittingImage(frame, draw, gliding.pixels),
  });

  function show(pixels: Float32Array): void {
    gliding.to(pixels);
    if (own === null || shown === null) return;
    grid.show(shown);
    const moved = distance(own, shown);
    undo.disabled = moved === 0;
    numbers.element.dataset['edited'] = String(moved);
    const error =
      pixels.reduce((sum, value, i) => sum + Math.abs(value - sheet.pixels[i]!), 0) / pixels.length;
    const edited = moved === 0 ? 'The model’s own code' : `${moved} of ${shown.bits.length} bits edited`;
    numbers.show(`${edited}. Mean difference of a pixel from your digit: ${error.toFixed(3)}.`);
  }

  async function decode(): Promise<void> {
    if (shown === null) return;
    const of = shown;
    grid.show(of);
    const { pixels } = await live.ask({ kind: 'decode', bits: of.bits });
    if (of === shown) show(pixels);
  }

  // While the pen moves there are more requests than can be answered. An edited code stays as it is.
  const refresh = oneAtATime(async () => {
    if (own !== null && shown !== null && distance(own, shown) > 0) return decode();
    const { code, pixels } = await live.ask({ kind: 'encode', pixels: sheet.pixels });
    own = shown = code;
    show(pixels);
  });

  return {
    element: element(
      'div',
      { className: 'digits-bench' },
      section(
        'Your digit',
        sheet.element,
        element('div', { className: 'digits-take', role: 'group', ariaLabel: 'Take a digit' }, ...take),
        button({ label: 'Clear', onPress: () => sheet.clear() }),
      ),
      section(
        `Its code: ${CODE.on} of ${CODE.width} bits on, ${CODE.rows} times`,
        grid.element,
        undo,
        numbers.element,
      ),
      section('Decoded from the code alone', picture.element),
    ),
    /** Gives it one digit of each kind, to take instead of drawing. */
    exemplify(digits: Float32Array) {
      const isFirst = examples.length === 0;
      examples = digits.slice();
      if (isFirst) sheet.take(example(3));
    },
    refresh,
    dispose() {
      gliding.dispose();
      picture.dispose();
      sheet.dispose();
    },
  };
}

function section(title: string, ...parts: readonly HTMLElement[]): HTMLElement {
  const name = element('p', { className: 'digits-title' }, title);
  return element('div', { role: 'group', ariaLabel: title }, name, ...parts);
}
