import { imageDrawer } from '../../canvas/image.js';
import { surface } from '../../canvas/surface.js';
import { button } from '../../controls/button.js';
import { readout } from '../../controls/readout.js';
import type { LiveTraining } from '../../live/liveTraining.js';
import { bits } from './bits.js';
import { type Code, distance, pressed } from './code.js';
import { fade } from './fade.js';
import { CODE, type DigitsAnswer, type DigitsQuestion } from './model.js';
import { SIDE } from './pad.js';
import { sketch } from './sketch.js';

export interface Bench {
  readonly element: HTMLElement;
  /** One digit of each kind, to take instead of drawing. */
  examples: Float32Array;
  /** Asks the model again after more training. An edited code stays unchanged. */
  refresh(): void;
  dispose(): void;
}

/** The reader's own digit, its code, and what the code decodes to. */
export function bench(live: LiveTraining<DigitsQuestion, DigitsAnswer>): Bench {
  const element = document.createElement('div');
  element.className = 'digits-bench';
  const section = (title: string): HTMLElement => {
    const part = document.createElement('div');
    part.setAttribute('role', 'group');
    part.setAttribute('aria-label', title);
    const name = document.createElement('p');
    name.className = 'digits-title';
    name.textContent = title;
    part.append(name);
    element.append(part);
    return part;
  };
  let examples = new Float32Array(0);
  /** The model's code, and the reader's. */
  let own: Code | null = null;
  let shown: Code | null = null;
  let busy = false;
  let again = false;

  const draw = imageDrawer(SIDE);
  const left = section('Your digit');
  const stage = document.createElement('div');
  stage.className = 'aimle-stage';
  left.append(stage);
  const sheet = sketch(stage, () => {
    shown = null;
    refresh();
  });
  const take = document.createElement('div');
  take.className = 'digits-take';
  take.setAttribute('role', 'group');
  take.setAttribute('aria-label', 'Take a digit');
  for (let digit = 0; digit < 10; digit++) {
    const size = SIDE * SIDE;
    const onPress = (): void => sheet.take(examples.slice(digit * size, (digit + 1) * size));
    take.append(button({ label: String(digit), onPress }).element);
  }
  left.append(take, button({ label: 'Clear', onPress: () => sheet.clear() }).element);

  const middle = section(`Its code: ${CODE.on} of ${CODE.width} bits on, ${CODE.rows} times`);
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
  middle.append(grid.element, undo.element, numbers.element);

  const right = section('Decoded from the code alone');
  const out = document.createElement('div');
  out.className = 'aimle-stage';
  right.append(out);
  const gliding = fade(SIDE * SIDE, () => picture.paint());
  const picture = surface(out, {
    label: 'The digit that the code decodes to',
    height: (width) => width,
    draw(frame) {
      const { context, width, height, palette } = frame;
      context.strokeStyle = palette.line;
      context.strokeRect(0.5, 0.5, width - 1, height - 1);
      draw(frame, gliding.pixels, 0, { x: 0, y: 0, width, height });
    },
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

  /** At most one request at a time: while the pen moves there are more than can be answered. */
  async function refresh(): Promise<void> {
    if (busy) {
      again = true;
      return;
    }
    busy = true;
    do {
      again = false;
      const edited = own !== null && shown !== null && distance(own, shown) > 0;
      if (edited) {
        await decode();
        continue;
      }
      const { code, pixels } = await live.ask({ kind: 'encode', pixels: sheet.pixels });
      own = shown = code;
      show(pixels);
    } while (again);
    busy = false;
  }

  return {
    element,
    get examples() {
      return examples;
    },
    set examples(next) {
      const first = examples.length === 0;
      examples = next;
      if (first) sheet.take(next.slice(3 * SIDE * SIDE, 4 * SIDE * SIDE));
    },
    refresh: () => void refresh(),
    dispose() {
      gliding.dispose();
      numbers.dispose();
      picture.dispose();
      sheet.dispose();
    },
  };
}
