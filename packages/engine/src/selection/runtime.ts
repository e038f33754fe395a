/** Tells whether this is Node, not a browser for which a bundler defined `process`. */
export function onNode(): boolean {
  return typeof globalThis.process?.versions?.node === 'string';
}

/** Reads an environment variable in Node; undefined in a browser. */
export function environment(name: string): string | undefined {
  return onNode() ? process.env[name] : undefined;
}

/** Prints a line where it does not mix with a program's output. */
export function announce(line: string): void {
  if (onNode()) process.stderr.write(`${line}\n`);
  // biome-ignore lint/suspicious/noConsole: a browser has no stderr, and callers can pass `report`.
  else console.info(line);
}
