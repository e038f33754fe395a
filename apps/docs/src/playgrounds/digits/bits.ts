import type { Code } from './code.js';

export interface Bits {
  readonly element: HTMLElement;
  show(code: Code): void;
}

/** A code as a grid of buttons, a row a code word: pressed where a bit is on. Arrow keys go from bit to bit. */
export function bits(rows: number, width: number, onPress: (at: number) => void): Bits {
  const element = document.createElement('div');
  element.className = 'digits-bits';
  element.style.setProperty('--digits-width', String(width));
  element.setAttribute('role', 'group');
  element.setAttribute(
    'aria-label',
    `The code: ${rows} rows of ${width} bits. Arrow keys go from bit to bit.`,
  );
  const buttons = Array.from({ length: rows * width }, (_, at) => {
    const bit = document.createElement('button');
    bit.type = 'button';
    bit.tabIndex = at === 0 ? 0 : -1;
    bit.setAttribute('aria-label', `row ${Math.floor(at / width) + 1}, bit ${(at % width) + 1}`);
    bit.setAttribute('aria-pressed', 'false');
    bit.addEventListener('click', () => {
      moveTo(at);
      onPress(at);
    });
    element.append(bit);
    return bit;
  });
  let present = 0;
  function moveTo(at: number): void {
    buttons[present]!.tabIndex = -1;
    present = at;
    buttons[at]!.tabIndex = 0;
    buttons[at]!.focus({ preventScroll: true });
  }
  const steps: Readonly<Record<string, readonly [down: number, right: number]>> = {
    ArrowLeft: [0, -1],
    ArrowRight: [0, 1],
    ArrowUp: [-1, 0],
    ArrowDown: [1, 0],
  };
  element.addEventListener('keydown', (event) => {
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const row = Math.floor(present / width) + step[0];
    const column = (present % width) + step[1];
    if (row >= 0 && row < rows && column >= 0 && column < width) moveTo(row * width + column);
  });
  return {
    element,
    show({ bits }) {
      buttons.forEach((button, at) => {
        button.setAttribute('aria-pressed', String(bits[at] === 1));
      });
    },
  };
}
