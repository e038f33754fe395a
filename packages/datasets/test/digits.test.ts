import { key } from '@aimle/random';
import { describe, expect, it } from 'vitest';
import { digits } from '../src/index.js';

const set = digits({ count: 3_000, key: key(1) });
const imageAt = (i: number, of = set): Uint8Array => of.images.subarray(784 * i, 784 * (i + 1));

/** Nearest mean of a class, the simplest classifier there is. */
function nearestMeans(train: typeof set): (image: Uint8Array) => number {
  const means = Array.from({ length: 10 }, () => new Float64Array(784));
  const counts = new Float64Array(10);
  for (let i = 0; i < train.count; i++) {
    const label = train.labels[i]!;
    counts[label] = counts[label]! + 1;
    imageAt(i, train).forEach((grey, p) => {
      means[label]![p] = means[label]![p]! + grey;
    });
  }
  return (image) => {
    const distances = means.map((mean, label) =>
      mean.reduce((sum, total, p) => sum + (total / counts[label]! - image[p]!) ** 2, 0),
    );
    return distances.indexOf(Math.min(...distances));
  };
}

describe('drawn digits', () => {
  it('depend on their key and their place, not on how many there are', () => {
    const few = digits({ count: 7, key: key(1) });
    expect(few.images).toEqual(set.images.slice(0, 7 * 784));
    expect(few.labels).toEqual(set.labels.slice(0, 7));
    expect(digits({ count: 7, key: key(2) }).images).not.toEqual(few.images);
  });

  it('have each class about as often', () => {
    // Binomial(3000, 1/10) has standard deviation 16.4; five of them.
    for (let label = 0; label < 10; label++) {
      const count = set.labels.filter((each) => each === label).length;
      expect(Math.abs(count - 300)).toBeLessThan(82);
    }
  });

  it('are dark paper with a bright stroke, clear of the border, no two alike', () => {
    const seen = new Set<string>();
    for (let i = 0; i < set.count; i++) {
      const image = imageAt(i);
      const ink = image.reduce((sum, grey) => sum + grey / 255, 0) / 784;
      expect(ink).toBeGreaterThan(0.015);
      expect(ink).toBeLessThan(0.4);
      expect(Math.max(...image)).toBeGreaterThan(180);
      const border = image.filter((_, p) => p < 28 || p >= 756 || p % 28 === 0 || p % 28 === 27);
      expect(Math.max(...border)).toBe(0);
      seen.add(image.join());
    }
    expect(seen.size).toBe(set.count);
  });

  it('can be told apart, though not by their means alone: they vary as handwriting does', () => {
    const classify = nearestMeans(set);
    const fresh = digits({ count: 1_000, key: key(3) });
    let right = 0;
    for (let i = 0; i < fresh.count; i++) if (classify(imageAt(i, fresh)) === fresh.labels[i]) right++;
    expect(right / fresh.count).toBeGreaterThan(0.75);
    expect(right / fresh.count).toBeLessThan(0.99);
  });

  it('may be empty, and a fractional count is refused', () => {
    expect(digits({ count: 0, key: key(1) })).toMatchObject({
      count: 0,
      source: 'generated',
      name: 'digits',
    });
    expect(() => digits({ count: 1.5, key: key(1) })).toThrow(
      'digits: count must be an integer of at least 0, got 1.5',
    );
    expect(() => digits({ count: -1, key: key(1) })).toThrow('got -1');
    expect(() => digits({ count: 1, key: 5 as never })).toThrow(TypeError);
  });
});
