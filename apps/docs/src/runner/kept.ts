/** Edits of examples, kept until the tab is closed: a reader who follows a link comes back to them. */
const place = (name: string): string => `aimle-edit:${location.pathname}#${name}`;

export function keptEdit(name: string): string | null {
  try {
    return sessionStorage.getItem(place(name));
  } catch {
    return null;
  }
}

/** Keeps an edit; null forgets it. */
export function keepEdit(name: string, code: string | null): void {
  try {
    if (code === null) sessionStorage.removeItem(place(name));
    else sessionStorage.setItem(place(name), code);
  } catch {
    // A browser without storage forgets edits when the page is left.
  }
}
