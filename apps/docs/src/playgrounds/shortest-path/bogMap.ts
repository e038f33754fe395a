import { kinds } from './terrain.js';

/** Rows of a map by the first letters of its kinds: who goes straight from the top left walks into the bog. */
const rows = [
  'mmmmmmmmmmmm',
  'mmmmmmmmrrmm',
  'mmbbbffmmrrm',
  'mmbbbbfffmrm',
  'mmbbbbbbffmm',
  'mfbbbbbbbfmm',
  'mffbbbbbbfmm',
  'mmffbbbbbffm',
  'mrmfffbbbbfm',
  'mrrmmfffbbfm',
  'mmrrmmmmfmmm',
  'mmmmmmmmmmmm',
];

const letters = kinds.map(({ name }) => name[0]);

/** A map on which a model that knows nothing walks into the bog. */
export function bogMap(): Uint8Array {
  return Uint8Array.from([...rows.join('')], (letter) => letters.indexOf(letter as 'm'));
}
