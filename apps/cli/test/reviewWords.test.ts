import { describe, expect, it } from 'vitest';
import { reviewWords } from '../src/commands/explain.js';

describe('the words of a review', () => {
  it.each([
    ["It didn't last, and isn't sweet.", "it did n't last , and is n't sweet ."],
    ["It's what I'd call fine; they've 'aged' it.", "it 's what i 'd call fine ; they 've ' aged ' it ."],
    ["can't won't", "ca n't wo n't"],
    ['It didn’t, they’ll see', "it did n't , they 'll see"],
    ['hop-forward, 1/2 inch, 6.5 % w/ lacing', 'hop-forward , 1/2 inch , 6.5 % w / lacing'],
    ["rock'n'roll 'dry' don'ts", "rock ' n ' roll ' dry ' don ' ts"],
    ['café ½ ☕', 'café ½ ☕'],
    [' \n', ''],
  ])('%j are split', (text, words) => {
    expect(reviewWords(text).join(' ')).toBe(words);
  });

  it('are the same when they were split already', () => {
    const words = reviewWords("It didn't last; it's 1/2 gone, and they'd know.");
    expect(reviewWords(words.join(' '))).toEqual(words);
  });
});
