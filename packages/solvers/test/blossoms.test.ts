import { describe, expect, it } from 'vitest';
import { Blossoms } from '../src/matching/blossoms.js';

/** A triangle around vertices 0, 1 and 2 with a triangle of it, 3 and 4 around: base 0, and 1-2 and 3-4 matched. */
function nested(): { blossoms: Blossoms; small: number; large: number } {
  const blossoms = new Blossoms(6);
  blossoms.reset();
  blossoms.link(0, 0, 1, 1);
  blossoms.link(1, 1, 2, 2);
  blossoms.link(2, 2, 0, 0);
  const small = blossoms.close(0);
  blossoms.link(small, 1, 3, 3);
  blossoms.link(3, 3, 4, 4);
  blossoms.link(4, 4, 2, small);
  const large = blossoms.close(small);
  blossoms.mate.set([-1, 2, 1, 4, 3, -1]);
  return { blossoms, small, large };
}

describe('Blossoms', () => {
  it('can leave any vertex of a blossom in a blossom unmatched, and match all others along its edges', () => {
    const mates: Record<number, number[]> = {
      0: [-1, 2, 1, 4, 3, -1],
      1: [2, -1, 0, 4, 3, -1],
      2: [1, 0, -1, 4, 3, -1],
      3: [1, 0, 4, -1, 2, -1],
      4: [2, 3, 0, 1, -1, -1],
    };
    for (const [base, expected] of Object.entries(mates)) {
      const { blossoms, large } = nested();
      blossoms.rebase(large, Number(base));
      blossoms.mate[Number(base)] = -1;
      expect(Array.from(blossoms.mate)).toEqual(expected);
      expect(blossoms.base[large]).toBe(Number(base));
    }
  });

  it('knows the outermost node of each vertex, as blossoms close and open', () => {
    const { blossoms, small, large } = nested();
    expect(Array.from(blossoms.outer)).toEqual([large, large, large, large, large, 5]);
    expect([0, small, large, 5].map((node) => blossoms.around(node))).toEqual([large, large, large, 5]);
    blossoms.open(large);
    expect(Array.from(blossoms.outer)).toEqual([small, small, small, 3, 4, 5]);
    expect(blossoms.isUsed(large)).toBe(false);
    expect(blossoms.isOutermost(small)).toBe(true);
  });

  it('stays within its memory, however often blossoms close and open', () => {
    const { blossoms, small, large } = nested();
    for (let round = 0; round < 10; round++) {
      blossoms.open(large);
      blossoms.open(small);
      expect(blossoms.close(0)).toBe(small);
      expect(blossoms.close(small)).toBe(large);
    }
    expect(blossoms.end).toBe(8);
    expect(blossoms.capacity).toBe(9);
  });
});
