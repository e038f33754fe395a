import { sha256Of } from './sha256.js';

/**
 * Marks data by its content, `sha256 1a2b3c4d`: the first eight digits of its SHA-256. In the sentence of
 * {@link Session.data} it makes a resumption refuse data of the same size whose content was changed.
 *
 * **Cost**: one pass over the bytes, and a copy of them.
 *
 * @param parts What the data consists of, in an order that is always the same; texts count as UTF-8.
 * @example
 * ```ts
 * import { contentMark } from '@aimle/training';
 *
 * await contentMark(['abc']); // => 'sha256 ba7816bf'
 * ```
 */
export async function contentMark(parts: readonly (Uint8Array | Float32Array | string)[]): Promise<string> {
  const chunks = parts.map((part) =>
    typeof part === 'string'
      ? new TextEncoder().encode(part)
      : new Uint8Array(part.buffer, part.byteOffset, part.byteLength),
  );
  const whole = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return `sha256 ${(await sha256Of(whole)).slice(0, 8)}`;
}
