import type { RunStore } from './store.js';

/**
 * A run kept in memory, for tests, for browsers, and for experiments that need no files.
 *
 * @param name What messages and the summary call it.
 * @example
 * ```ts
 * import { memoryStore } from '@aimle/training';
 *
 * const store = memoryStore('scratch');
 * await store.write('config.json', new TextEncoder().encode('{}'));
 * await store.list(); // => ['config.json']
 * ```
 */
export function memoryStore(name: string): RunStore {
  const files = new Map<string, Uint8Array>();
  return {
    name,
    list: async () => [...files.keys()],
    read: async (path) => files.get(path)?.slice() ?? null,
    async write(path, bytes) {
      files.set(path, bytes.slice());
    },
    async append(path, bytes) {
      const before = files.get(path) ?? new Uint8Array();
      const after = new Uint8Array(before.length + bytes.length);
      after.set(before);
      after.set(bytes, before.length);
      files.set(path, after);
    },
    flush: async () => {},
    async rename(from, to) {
      const bytes = files.get(from);
      if (bytes === undefined) return;
      files.set(to, bytes);
      files.delete(from);
    },
  };
}
