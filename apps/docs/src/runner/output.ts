import { chart } from './chart.js';
import type { Message } from './protocol.js';

/** Where a run shows what it found: one entry a message, in order. */
export class Output {
  readonly element = document.createElement('div');

  constructor() {
    this.element.className = 'runnable-output';
    this.element.setAttribute('role', 'log');
    this.element.setAttribute('aria-label', 'Output');
    this.element.tabIndex = 0;
    this.element.hidden = true;
  }

  clear(): void {
    this.element.replaceChildren();
    this.element.hidden = true;
  }

  show(message: Message): void {
    const entry = entryOf(message);
    if (!entry) return;
    this.element.hidden = false;
    this.element.append(entry);
  }
}

function entryOf(message: Message): HTMLElement | undefined {
  switch (message.kind) {
    case 'value':
      return message.expected === undefined
        ? entry('value', message.line, message.text)
        : entry('value differs', message.line, `${message.text}\nthe comment says ${message.expected}`);
    case 'log':
      return entry('log', undefined, message.text);
    case 'error':
      return entry('error', message.line, message.text);
    case 'plot': {
      const made = entry('plot', message.line, '');
      made.append(chart(message.series));
      return made;
    }
    default:
      return undefined;
  }
}

function entry(kind: string, line: number | undefined, text: string): HTMLElement {
  const made = document.createElement('div');
  made.className = `entry ${kind}`;
  const place = document.createElement('span');
  place.className = 'place';
  place.textContent = line === undefined ? '' : `line ${line}`;
  made.append(place);
  if (text) {
    const words = document.createElement('pre');
    words.textContent = text;
    made.append(words);
  }
  return made;
}
