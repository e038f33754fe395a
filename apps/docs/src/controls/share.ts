import { button } from './button.js';
import { element } from './element.js';

/** A control that a link can set: its name in the address, its value, and what moves it. */
interface Kept {
  readonly name: string;
  readonly first: string;
  read(): string;
  write(value: string): void;
}

/** Labels of controls that belong to the reader's machine, or that a film moves. */
const apart = /^(engine|time)/i;

/**
 * Keeps the controls of a playground in the address of the page, and adds a button that copies it: a link shows others what
 * the reader sees. What is as it was at first is left out. The returned function stops it.
 */
export function shareable(root: HTMLElement): () => void {
  const controls = controlsOf(root);
  const given = new URLSearchParams(location.search);
  for (const control of controls) {
    const value = given.get(control.name);
    if (value !== null && value !== control.read()) control.write(value);
  }
  const address = (): string => {
    const set = new URLSearchParams();
    for (const { name, first, read } of controls) if (read() !== first) set.set(name, read());
    return `${location.pathname}${set.size > 0 ? `?${set}` : ''}${location.hash}`;
  };
  const changed = (): void => history.replaceState(history.state, '', address());
  root.addEventListener('change', changed);
  const said = element('span', { role: 'status' });
  const share = button({
    label: 'Share',
    async onPress() {
      changed();
      try {
        await navigator.clipboard.writeText(location.href);
        said.textContent = 'Link copied. It opens this page with these settings.';
      } catch {
        said.textContent = 'The link is in the address bar.';
      }
    },
  });
  const place = root.querySelector('.aimle-panel') ?? root;
  place.append(element('div', { className: 'aimle-toolbar aimle-share' }, share, said));
  return () => root.removeEventListener('change', changed);
}

function controlsOf(root: HTMLElement): Kept[] {
  const found = [
    ...root.querySelectorAll<HTMLElement>('.aimle-choice, .aimle-slider, .aimle-toggle, .aimle-shared'),
  ];
  return found.flatMap((control): Kept[] => {
    const label = control.querySelector('legend, label')?.textContent ?? control.textContent ?? '';
    if (apart.test(label.trim())) return [];
    const name = label
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, '-')
      .replace(/^-|-$/g, '');
    const inputs = [...control.querySelectorAll<HTMLInputElement>('input, textarea')];
    const [input] = inputs;
    if (!input) return [];
    const kept = { name, ...accessOf(input, inputs) };
    return [{ ...kept, first: kept.read() }];
  });
}

function accessOf(
  input: HTMLInputElement,
  inputs: readonly HTMLInputElement[],
): Pick<Kept, 'read' | 'write'> {
  const tell = (of: HTMLInputElement): void => {
    for (const kind of ['input', 'change']) of.dispatchEvent(new Event(kind, { bubbles: true }));
  };
  if (input.type === 'radio') {
    return {
      read: () => inputs.find(({ checked }) => checked)?.value ?? '',
      write(value) {
        const wanted = inputs.find((each) => each.value === value);
        if (!wanted) return;
        wanted.checked = true;
        tell(wanted);
      },
    };
  }
  if (input.type === 'checkbox') {
    return {
      read: () => String(input.checked),
      write(value) {
        input.checked = value === 'true';
        tell(input);
      },
    };
  }
  return {
    read: () => input.value,
    write(value) {
      // A range takes the nearest value that it has.
      input.value = value;
      tell(input);
    },
  };
}
