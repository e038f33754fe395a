import { packed, unpacked } from './link.js';

/** What the address holds for an example: code, nothing, or damaged code. */
export type Linked = { readonly code: string } | 'nothing' | 'damaged';

/** Puts the code of an example into the address of the page, and returns that address. */
export async function putInAddress(name: string, code: string): Promise<string> {
  const address = `${bare()}#${name}=${await packed(code)}`;
  history.replaceState(history.state, '', address);
  return address;
}

/** What the address holds for an example. */
export async function inAddress(name: string): Promise<Linked> {
  const text = textFor(name);
  if (text === undefined) return 'nothing';
  try {
    return { code: await unpacked(text) };
  } catch {
    return 'damaged';
  }
}

/** Removes the code of an example from the address, so that a reload does not restore it. */
export function takeFromAddress(name: string): void {
  if (textFor(name) !== undefined) history.replaceState(history.state, '', bare());
}

function textFor(name: string): string | undefined {
  const hash = location.hash.slice(1);
  return hash.startsWith(`${name}=`) ? hash.slice(name.length + 1) : undefined;
}

function bare(): string {
  return location.href.split('#')[0] ?? '';
}
