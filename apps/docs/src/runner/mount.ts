import type { Editor } from './editor.js';
import { choose, engines } from './engines.js';
import { packed, unpacked } from './link.js';
import { Output } from './output.js';
import type { BrowserEngine, Message } from './protocol.js';
import { runInWorker, stop } from './session.js';

/** An example in a page: its name in links, its text, and the element that shows that text until it is edited. */
export interface Example {
  readonly name: string;
  readonly code: string;
  readonly printed: HTMLElement;
}

/** Puts the buttons and the output under an example; what it returns takes them away. */
export function mount(element: HTMLElement, { name, code, printed }: Example): () => void {
  const output = new Output();
  const status = document.createElement('span');
  status.className = 'status';
  status.setAttribute('role', 'status');
  let editor: Editor | undefined;
  let running = false;

  const turn = (on: boolean) => {
    running = on;
    runButton.hidden = on;
    stopButton.hidden = !on;
    element.dataset['state'] = on ? 'running' : 'idle';
  };
  const hear = (message: Message) => {
    output.show(message);
    if (message.kind === 'engine') status.textContent = 'running';
    if (message.kind === 'done')
      status.textContent = `done in ${inWords(message.milliseconds)} on ${engine.value}`;
    if (message.kind === 'error') status.textContent = message.text === 'stopped' ? 'stopped' : 'failed';
    if (message.kind === 'done' || message.kind === 'error') turn(false);
  };
  const run = () => {
    output.clear();
    status.textContent = 'starting the engine';
    turn(true);
    runInWorker(editor?.read() ?? code, engine.value as BrowserEngine, hear);
  };
  const edit = async (text = code) => {
    if (editor) return;
    const { openEditor } = await import('./editor.js');
    const host = document.createElement('div');
    host.className = 'runnable-editor';
    printed.after(host);
    editor = openEditor(host, text, run);
    printed.hidden = true;
    editButton.hidden = true;
    resetButton.hidden = false;
  };
  const reset = () => {
    editor?.write(code);
    output.clear();
    status.textContent = '';
  };
  const copyLink = async () => {
    const address = `${location.href.split('#')[0]}#${name}=${await packed(editor?.read() ?? code)}`;
    history.replaceState(history.state, '', address);
    try {
      await navigator.clipboard.writeText(address);
      status.textContent = 'link copied';
    } catch {
      status.textContent = 'the link is in the address bar';
    }
  };

  const runButton = button('Run', run);
  runButton.classList.add('primary');
  const stopButton = button('Stop', stop);
  const editButton = button('Edit', async () => {
    await edit();
    editor?.view.focus();
  });
  const resetButton = button('Reset', reset);
  resetButton.hidden = true;
  const engine = engineChoice();
  const bar = document.createElement('div');
  bar.className = 'runnable-bar';
  const label = document.createElement('label');
  label.append('Engine ', engine);
  bar.append(runButton, stopButton, editButton, resetButton, button('Copy link', copyLink), label, status);
  element.append(bar, output.element);
  turn(false);
  void codeInAddress(name).then((linked) => {
    if (linked === undefined) return;
    void edit(linked);
    element.scrollIntoView({ block: 'center' });
  });
  return () => {
    if (running) stop();
    editor?.view.destroy();
    element.replaceChildren();
  };
}

async function codeInAddress(name: string): Promise<string | undefined> {
  const [linked, text] = location.hash.slice(1).split('=');
  if (linked !== name || !text) return undefined;
  try {
    return await unpacked(text);
  } catch {
    return undefined;
  }
}

function engineChoice(): HTMLSelectElement {
  const select = document.createElement('select');
  const { names, chosen } = engines();
  for (const name of names) select.append(new Option(name, name, false, name === chosen));
  select.addEventListener('change', () => choose(select.value as BrowserEngine));
  return select;
}

function button(words: string, click: () => void): HTMLButtonElement {
  const made = document.createElement('button');
  made.type = 'button';
  made.textContent = words;
  made.addEventListener('click', click);
  return made;
}

function inWords(milliseconds: number): string {
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}
