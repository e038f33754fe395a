/** Time of one drawn digit: `node --conditions=@aimle/source --import tsx bench/digits.ts`. */
import { key } from '@aimle/random';
import { digits } from '../src/index.js';

const count = 5_000;
const times: number[] = [];
for (let repeat = 0; repeat < 7; repeat++) {
  const start = performance.now();
  digits({ count, key: key(repeat) });
  times.push(((performance.now() - start) * 1e3) / count);
}
times.sort((a, b) => a - b);
process.stdout.write(`digits ${times[0]!.toFixed(1)} us/image fastest, ${times[3]!.toFixed(1)} median\n`);
