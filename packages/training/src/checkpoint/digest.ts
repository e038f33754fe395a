import { concatenated } from '../run/metrics.js';
import type { Weights } from './weights.js';

/** SHA-256, in hexadecimal, of the state and of every tensor's name, shape and bytes, in the order of the names. */
export async function digestOf(tensors: Weights, state: string): Promise<string> {
  const sorted = [...tensors].sort(([a], [b]) => (a < b ? -1 : 1));
  const header = JSON.stringify([state, sorted.map(([name, { shape }]) => [name, shape])]);
  const bytes = concatenated([
    new TextEncoder().encode(header),
    ...sorted.map(([, { data }]) => new Uint8Array(data.buffer, data.byteOffset, data.byteLength)),
  ]);
  const digest = await crypto.subtle.digest('SHA-256', bytes);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
