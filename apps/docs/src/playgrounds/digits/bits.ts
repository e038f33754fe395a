import { arrowKeys, element } from '../../controls/element.js';
import type { Code } from './code.js';

/** A code as a grid of buttons, a row a code word: pressed where a bit is on. Arrow keys go from bit to bit. */
export function bits(rows: number, width: number, onPress: (at: number) => void) {
  const buttons = Array.from({ length: rows * width }, (_, at) =>
    element('button', {
      type: 'button',
      tabIndex: at === 0 ? 0 : -1,
      ariaLabel: `row ${Math.floor(at / width) + 1}, bit ${(at % width) + 1}`,
      ariaPressed: 'false',
      onclick() {
        moveTo(at);
        onPress(at);
      },
    }),
  );
  const ariaLabel = `The code: ${rows} rows of ${width} bits. Arrow keys go from bit to bit.`;
  const grid = element('div', { className: 'digits-bits', role: 'group', ariaLabel }, ...buttons);
  grid.style.setProperty('--digits-width', String(width));
  let present = 0;
  function moveTo(at: number): void {
    buttons[present]!.tabIndex = -1;
    present = at;
    buttons[at]!.tabIndex = 0;
    buttons[at]!.focus({ preventScroll: true });
  }
  grid.addEventListener('keydown', (event) => {
    const step = arrowKeys[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const row = Math.floor(present / width) + step[0];
    const column = (present % width) + step[1];
    if (row >= 0 && row < rows && column >= 0 && column < width) moveTo(row * width + column);
  });
  return {
    element: grid,
    show({ bits }: Code) {
      buttons.forEach((button, at) => {
        button.ariaPressed = String(bits[at] === 1);
      });
    },
  };
}
