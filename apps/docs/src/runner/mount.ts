import { element } from '../controls/element.js';
import type { Editor } from './editor.js';
import { engineChoice, forget } from './engines.js';
import { keepEdit, keptEdit } from './kept.js';
import { inAddress, putInAddress, takeFromAddress } from './link.js';
import { Output } from './output.js';
import type { RunEvent } from './protocol.js';
import { runInWorker } from './session.js';
import { spoken } from './spoken.js';

/** An example in a page: its name in links, its text, and the element that shows that text until it is edited. */
export interface Example {
  readonly name: string;
  readonly code: string;
  readonly printed: HTMLElement;
}

/** Shown once per visit to a reader who edits, because this page does not check types as an editor would. */
const aboutTypes = 'types are taken away when it runs, and not checked';
let toldOfTypes = false;

/** Puts the buttons and the output under an example; the returned function removes them. */
export function mount(place: HTMLElement, { name, code, printed }: Example): () => void {
  const output = new Output();
  const status = element('span', { className: 'status', role: 'status' });
  let opening: Promise<Editor | undefined> | undefined;
  let editor: Editor | undefined;
  let running = false;
  /** Ends the latest run of this example. */
  let stop = () => {};
  let runs = 0;
  let gone = false;

  const turn = (on: boolean) => {
    running = on;
    runButton.hidden = on;
    stopButton.hidden = !on;
    place.dataset['state'] = on ? 'running' : 'idle';
  };
  const run = () => {
    stop();
    runs += 1;
    const own = runs;
    output.clear();
    status.textContent = 'starting the engine';
    turn(true);
    // The choice may change while it runs, in another example as well.
    const engine = choice.chosen();
    let failed = false;
    stop = runInWorker(editor?.read() ?? code, engine, (message: RunEvent) => {
      if (gone || own !== runs) return;
      output.show(message);
      failed ||= message.kind === 'stray';
      const isLast = ['done', 'error', 'stopped', 'died'].includes(message.kind);
      if (isLast) turn(false);
      if (message.kind === 'error' && message.unusable) forget(message.unusable);
      const words = spoken(message, { engine, failed, running });
      if (words) status.textContent = words;
    });
  };
  const open = async (text: string) => {
    const { openEditor } = await import('./editor.js');
    if (gone) return undefined;
    const host = element('div', { className: 'runnable-editor' });
    printed.after(host);
    editor = openEditor(host, text, {
      run,
      changed: (edited) => keepEdit(name, edited === code ? null : edited),
    });
    printed.hidden = true;
    editButton.hidden = true;
    resetButton.hidden = false;
    return editor;
  };
  const opened = async (text: string) => {
    opening ??= open(text);
    try {
      return await opening;
    } catch {
      opening = undefined;
      status.textContent = 'the editor could not be loaded';
      return undefined;
    }
  };
  const edit = async () => {
    const shown = await opened(code);
    shown?.view.focus();
    if (!shown || toldOfTypes || running) return;
    status.textContent = aboutTypes;
    toldOfTypes = true;
  };
  const reset = () => {
    stop();
    editor?.write(code);
    keepEdit(name, null);
    output.clear();
    status.textContent = '';
    takeFromAddress(name);
  };
  const copyLink = async () => {
    const address = await putInAddress(name, editor?.read() ?? code);
    try {
      await navigator.clipboard.writeText(address);
      status.textContent = 'link copied';
    } catch {
      status.textContent = 'the link is in the address bar';
    }
  };
  const restore = async () => {
    const kept = keptEdit(name);
    if (kept === null || editor || !(await opened(kept))) return;
    status.textContent = 'your edit is kept in this tab; Reset brings the example back';
  };
  const follow = async () => {
    const linked = await inAddress(name);
    if (gone) return;
    if (linked === 'nothing') return restore();
    if (linked === 'damaged') {
      status.textContent = 'the link is damaged: its code cannot be read, and the example is as it was';
    } else {
      const shown = await opened(linked.code);
      if (!shown) return;
      if (shown.read() !== linked.code) shown.write(linked.code);
      status.textContent = 'the code is from the link';
    }
    place.scrollIntoView({ block: 'center' });
  };
  // A link that is put into a tab which already shows the page changes the address, and loads nothing.
  const follows = () => void follow();

  const runButton = button('Run', run, 'primary');
  const stopButton = button('Stop', () => stop());
  const editButton = button('Edit', edit);
  const resetButton = button('Reset', reset);
  resetButton.hidden = true;
  const choice = engineChoice();
  const buttons = [runButton, stopButton, editButton, resetButton, button('Copy link', copyLink)];
  place.append(
    element('div', { className: 'runnable-bar' }, ...buttons, choice.element, status),
    output.element,
  );
  turn(false);
  follows();
  addEventListener('hashchange', follows);
  return () => {
    gone = true;
    stop();
    removeEventListener('hashchange', follows);
    choice.dispose();
    editor?.view.destroy();
    place.replaceChildren();
  };
}

function button(words: string, onclick: () => void, className = ''): HTMLButtonElement {
  return element('button', { type: 'button', className, onclick }, words);
}
