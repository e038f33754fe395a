import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { javascript } from '@codemirror/lang-javascript';
import { HighlightStyle, indentUnit, syntaxHighlighting } from '@codemirror/language';
import { EditorState } from '@codemirror/state';
import { EditorView, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';

export type Editor = ReturnType<typeof openEditor>;

const colours = HighlightStyle.define([
  { tag: tags.comment, color: 'var(--aimle-muted)', fontStyle: 'italic' },
  { tag: [tags.keyword, tags.operatorKeyword], color: 'var(--aimle-c4)' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--aimle-c3)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--aimle-c1)' },
  { tag: [tags.typeName, tags.className], color: 'var(--aimle-c5)' },
  { tag: tags.function(tags.variableName), color: 'var(--aimle-accent-strong)' },
]);

/** Opens an editor in an element. It tells of every change. Control and Enter run the code; Tab leaves, as everywhere on a page. */
export function openEditor(
  parent: HTMLElement,
  code: string,
  { run, changed }: { readonly run: () => void; readonly changed: (code: string) => void },
) {
  const runs = () => {
    run();
    return true;
  };
  const state = EditorState.create({
    doc: code,
    extensions: [
      keymap.of([{ key: 'Mod-Enter', run: runs }, ...historyKeymap, ...defaultKeymap]),
      history(),
      lineNumbers(),
      indentUnit.of('  '),
      javascript({ typescript: true }),
      syntaxHighlighting(colours),
      EditorView.updateListener.of(({ docChanged, state }) => docChanged && changed(state.doc.toString())),
      EditorView.contentAttributes.of({ 'aria-label': 'Code of the example' }),
    ],
  });
  const view = new EditorView({ state, parent });
  return {
    view,
    read: () => view.state.doc.toString(),
    write: (text: string) => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } }),
  };
}
