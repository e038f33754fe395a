/**
 * Types of names without a pointer: in an example that has the focus, left and right go from name to name and show the
 * type of each, up and down go on by a line, Escape hides it. What is shown is also said to screen readers.
 */
export function showTypesByKeys(): void {
  const said = document.createElement('div');
  said.className = 'types-said';
  said.setAttribute('role', 'status');
  document.body.append(said);
  let shown: Element | null = null;

  const show = (name: Element | null): void => {
    shown?.classList.remove('shows-type');
    name?.classList.add('shows-type');
    name?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    said.textContent = name?.querySelector('.twoslash-popup-container')?.textContent ?? '';
    shown = name;
  };

  document.addEventListener('keydown', (event) => {
    const code = event.target;
    if (!(code instanceof HTMLPreElement) || !code.classList.contains('twoslash')) return;
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (event.key === 'Escape') return show(null);
    const next = neighbour([...code.querySelectorAll('.twoslash-hover')], shown, event.key);
    if (next === undefined) return;
    event.preventDefault();
    show(next);
  });
  document.addEventListener('focusout', () => show(null));
}

/** The name that a key goes to from one, or to begin with; undefined where the key goes nowhere. */
function neighbour(names: readonly Element[], from: Element | null, key: string): Element | undefined {
  const at = from === null ? -1 : names.indexOf(from);
  if (key === 'ArrowRight') return names[at + 1];
  if (at === -1) return undefined;
  if (key === 'ArrowLeft') return names[at - 1];
  const line = (name: Element) => name.closest('.line');
  const isElsewhere = (name: Element) => line(name) !== line(names[at] as Element);
  if (key === 'ArrowDown') return names.slice(at).find(isElsewhere);
  if (key !== 'ArrowUp') return undefined;
  const last = names.slice(0, at).findLast(isElsewhere);
  return names.find((name) => last !== undefined && line(name) === line(last));
}
