export async function putInAddress(name: string, code: string): Promise<string> {
  const address = `${bare()}#${name}=${await packed(code)}`;
  history.replaceState(history.state, '', address);
  return address;
}

/** What the address holds for an example: code, nothing, or damaged code. */
export async function inAddress(name: string) {
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

export async function packed(text: string): Promise<string> {
  const bytes = await through(new TextEncoder().encode(text), new CompressionStream('deflate-raw'));
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/** Restores the text that {@link packed} compressed. Throws for any other text, or if a part is missing. */
export async function unpacked(text: string): Promise<string> {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  const bytes = Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
  return new TextDecoder('utf-8', { fatal: true }).decode(
    await through(bytes, new DecompressionStream('deflate-raw')),
  );
}

async function through(
  bytes: Uint8Array<ArrayBuffer>,
  change: CompressionStream | DecompressionStream,
): Promise<Uint8Array<ArrayBuffer>> {
  const changed = new Blob([bytes]).stream().pipeThrough(change);
  return new Uint8Array(await new Response(changed).arrayBuffer());
}
