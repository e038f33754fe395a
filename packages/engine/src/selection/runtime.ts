/** Whether this is Node, and not a browser that a bundler gave a `process`. */
export function onNode(): boolean {
  return typeof globalThis.process?.versions?.node === 'string';
}

/** The environment variable in Node; undefined in a browser. */
export function environment(name: string): string | undefined {
  return onNode() ? process.env[name] : undefined;
}

/** Says a line where it does not disturb a program's output. */
export function announce(line: string): void {
  if (onNode()) process.stderr.write(`${line}\n`);
  // biome-ignore lint/suspicious/noConsole: a browser has no other place for it, and callers can pass `report`.
  else console.info(line);
}
