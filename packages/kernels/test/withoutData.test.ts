import { expect, test } from 'vitest';
import { base64 } from '../src/module.js';
import { withoutData } from '../src/threads/withoutData.js';

interface Host {
  readonly WebAssembly: {
    readonly Memory: new (limits: object) => { readonly buffer: ArrayBuffer };
    instantiate(
      bytes: Uint8Array,
      imports: object,
    ): Promise<{ instance: { exports: Record<string, () => number> } }>;
  };
}

const { WebAssembly } = globalThis as unknown as Host;
const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
/** Where the data of the module begin. */
const FIRST = 1024;

async function startedOver(module: Uint8Array, content: number) {
  const memory = new WebAssembly.Memory({ initial: 2, maximum: 65_536, shared: true });
  const before = new Uint8Array(memory.buffer).fill(content);
  const { instance } = await WebAssembly.instantiate(module, { env: { memory, abort() {}, log: Math.log } });
  return { room: before.slice(FIRST, FIRST + instance.exports['bytesOfRoom']!()), exports: instance.exports };
}

test('a module without its data starts, and leaves alone what others have written', async () => {
  const { room, exports } = await startedOver(withoutData(bytes), 7);
  expect(new Set(room)).toEqual(new Set([7]));
  expect(Object.keys(exports).length).toBeGreaterThan(20);
});

test('the whole module writes there', async () => {
  const { room } = await startedOver(bytes, 7);
  expect(room).not.toContain(7);
});
