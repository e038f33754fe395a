/**
 * Shows the type of a name in an example: where the pointer is, or by keys. In an example that has the focus, left and
 * right go from name to name, up and down by a line, Escape hides. The pages hold the types hidden; they are shown in one
 * popup above all else, which stays inside the window, and screen readers read it.
 */
export function showTypes(): void {
  const popup = document.createElement('div');
  popup.className = 'types-popup vp-code';
  popup.setAttribute('role', 'status');
  document.body.append(popup);
  let shown: Element | null = null;

  const show = (name: Element | null): void => {
    if (name === shown) return;
    shown?.classList.remove('shows-type');
    name?.classList.add('shows-type');
    popup.replaceChildren(
      ...(name?.querySelector('.twoslash-popup-container')?.cloneNode(true).childNodes ?? []),
    );
    shown = name;
    if (name) placeBelow(popup, name);
  };

  document.addEventListener('mouseover', ({ target }) => {
    show(target instanceof Element ? target.closest('.twoslash-hover') : null);
  });
  document.addEventListener('keydown', (event) => {
    const code = event.target;
    if (!(code instanceof HTMLPreElement) || !code.classList.contains('twoslash')) return;
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (event.key === 'Escape') show(null);
    const next = neighbour([...code.querySelectorAll('.twoslash-hover')], shown, event.key);
    if (next === undefined) return;
    event.preventDefault();
    next.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    show(next);
  });
  document.addEventListener('focusout', () => show(null));
  // A scroll moves the name, and its type goes along.
  document.addEventListener('scroll', () => shown && placeBelow(popup, shown), {
    capture: true,
    passive: true,
  });
}

/** Below the name or, where the window ends, above it; never beyond a side of the window. */
function placeBelow(popup: HTMLElement, name: Element): void {
  const { left, top, bottom } = name.getBoundingClientRect();
  const rightmost = document.documentElement.clientWidth - popup.offsetWidth - 8;
  const isRoom = bottom + 4 + popup.offsetHeight <= window.innerHeight;
  popup.style.left = `${Math.max(8, Math.min(left, rightmost))}px`;
  popup.style.top = `${isRoom ? bottom + 4 : Math.max(8, top - 4 - popup.offsetHeight)}px`;
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
