import { element } from '../controls/element.js';
import { chart } from './chart.js';
import type { RunEvent } from './protocol.js';

/** The output of a run: one entry per message, in order, and at the end whether something was left out. */
export class Output {
  readonly element = element('div', {
    className: 'runnable-output',
    role: 'log',
    ariaLabel: 'Output',
    tabIndex: 0,
    hidden: true,
  });
  #more: HTMLElement | undefined;

  clear(): void {
    this.element.replaceChildren();
    this.element.hidden = true;
    this.#more = undefined;
  }

  show(message: RunEvent): void {
    const made = entryOf(message);
    if (!made) return;
    this.element.hidden = false;
    if (message.kind === 'more') {
      this.#more?.remove();
      this.#more = made;
    }
    this.element.insertBefore(made, made === this.#more ? null : (this.#more ?? null));
  }
}

function entryOf(message: RunEvent): HTMLElement | undefined {
  switch (message.kind) {
    case 'value':
      if (message.agrees) return entry('value agrees', at(message.line), message.text, tick());
      return message.expected === undefined
        ? entry('value', at(message.line), message.text)
        : entry('value differs', at(message.line), `${message.text}\nthe comment says ${message.expected}`);
    case 'log':
      return message.tone === 'plain'
        ? entry('log', '', message.text)
        : entry(`log loud-${message.tone}`, message.tone, message.text);
    case 'stray':
    case 'error':
      return entry('error', at(message.line), message.text);
    case 'stopped':
      return entry('error', '', 'stopped');
    case 'died':
      return entry('error', '', `the worker that ran the example has ended: ${message.text}`);
    case 'silent':
      return entry('hint', '', 'Nothing was printed. End a line with // show to see its value.');
    case 'more':
      return entry('more', '', leftOut(message.count, message.wrong));
    case 'plot':
      return entry('plot', at(message.line), '', chart(message.series));
    default:
      return undefined;
  }
}

/** The number left out is known only when the run has ended, and it may be stopped before. */
function leftOut(count: number | undefined, wrong = 0): string {
  if (count === undefined) return '… more was printed, and is left out';
  const differing = wrong > 0 ? `, ${wrong.toLocaleString('en')} of them not what the comment says` : '';
  return `… and ${count.toLocaleString('en')} more${differing}`;
}

function tick(): HTMLElement {
  return element('span', { className: 'tick', role: 'img', ariaLabel: 'as promised', textContent: '✓' });
}

function at(line: number | undefined): string {
  return line === undefined ? '' : `line ${line}`;
}

function entry(kind: string, place: string, text: string, ...more: readonly HTMLElement[]): HTMLElement {
  const where = element('span', { className: 'place' }, place);
  const words = text ? [element('pre', {}, text)] : [];
  return element('div', { className: `entry ${kind}` }, where, ...words, ...more);
}
