import { FormatError } from '../format/formatError.js';
import { readNpy } from '../format/npy.js';
import { linesOf } from '../reviews/lines.js';
import type { WordVectors } from './readWordVectors.js';

/**
 * Reads word vectors saved by NumPy: a table [words, size] as `.npy`, of any float type, and a text file with one word
 * per row of the table. Node only.
 *
 * @param words - the words to read. Default: all.
 * @throws FormatError when the table is damaged, a word is not UTF-8, or the table has another number of rows than there are words.
 * @example
 * ```ts
 * import { mkdtemp, writeFile } from 'node:fs/promises';
 * import { tmpdir } from 'node:os';
 * import { join } from 'node:path';
 * import { readVectorTable, writeNpy } from '@aimle/datasets';
 *
 * const folder = await mkdtemp(join(tmpdir(), 'words-'));
 * await writeFile(join(folder, 'a.npy'), writeNpy({ dtype: 'f4', shape: [2, 1], data: Float32Array.of(3, 4) }));
 * await writeFile(join(folder, 'a.txt'), 'beer\nwine\n');
 * const { vectors } = await readVectorTable(join(folder, 'a.npy'), join(folder, 'a.txt'));
 * vectors.get('wine'); // => [4]
 * ```
 */
export async function readVectorTable(
  table: string,
  vocabulary: string,
  words?: ReadonlySet<string>,
): Promise<WordVectors> {
  const { readFile } = await import('node:fs/promises');
  const { shape, data, dtype } = readNpy(await readFile(table), table);
  const [rows, size] = shape;
  if (shape.length !== 2 || !(data instanceof Float32Array || data instanceof Float64Array)) {
    throw new FormatError(
      `${table}: must be floats of shape [words, size], got ${dtype} [${shape.join(', ')}]`,
    );
  }
  const vectors = new Map<string, Float32Array>();
  let row = 0;
  for await (const { number, text } of linesOf(vocabulary)) {
    if (text === null) throw new FormatError(`${vocabulary}: line ${number}: not UTF-8`);
    if (row < rows! && (words === undefined || words.has(text))) {
      vectors.set(text, Float32Array.from(data.subarray(row * size!, (row + 1) * size!)));
    }
    row++;
  }
  if (row !== rows) {
    throw new FormatError(
      `${vocabulary}: must have one word for each of ${rows} rows of ${table}, got ${row}`,
    );
  }
  return { size: size!, vectors };
}
