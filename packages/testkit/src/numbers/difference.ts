/** A number, a typed array, or arrays of these, nested. */
export type Numbers = number | ArrayLike<number> | readonly Numbers[];

/** How far two numbers may be apart: |actual - expected| <= absolute + relative * |expected|. */
export interface Closeness {
  readonly relative?: number;
  readonly absolute?: number;
}

interface Flat {
  readonly shape: readonly number[];
  readonly values: readonly number[];
}

const maxShown = 5;

/**
 * Describes how two sets of numbers differ, in a few lines: how many elements, the worst, and the first ones. Returns
 * undefined when they are close. NaN is close to NaN, and an infinity to itself.
 *
 * @example
 * ```ts
 * import { differenceOf } from '@aimle/testkit';
 *
 * differenceOf([1, 2], [1, 2]); // => undefined
 * ```
 */
export function differenceOf(
  actual: Numbers,
  expected: Numbers,
  { relative = 1e-5, absolute = 1e-6 }: Closeness = {},
): string | undefined {
  const left = flatten(actual);
  const right = flatten(expected);
  if (left.shape.join() !== right.shape.join()) {
    return `shapes differ: actual [${left.shape}], expected [${right.shape}]`;
  }
  const far = right.values.flatMap((wanted, index) => {
    const value = left.values[index] as number;
    if (Object.is(value, wanted) || value === wanted) return [];
    const distance = Math.abs(value - wanted);
    const isClose = distance <= absolute + relative * Math.abs(wanted) && Number.isFinite(wanted);
    return isClose ? [] : [{ place: placeOf(index, right.shape), value, wanted, distance }];
  });
  if (far.length === 0) return undefined;
  const worst = far.reduce((a, b) => (b.distance <= a.distance ? a : b));
  return [
    `${far.length} of ${right.values.length} elements differ by more than ${absolute} + ${relative} * |expected|`,
    `worst at ${worst.place}: actual ${worst.value}, expected ${worst.wanted}, apart by ${worst.distance}`,
    ...far
      .slice(0, maxShown)
      .map(({ place, value, wanted }) => `  ${place}: actual ${value}, expected ${wanted}`),
    ...(far.length > maxShown ? [`  and ${far.length - maxShown} more`] : []),
  ].join('\n');
}

function flatten(numbers: Numbers): Flat {
  if (typeof numbers === 'number') return { shape: [], values: [numbers] };
  const parts = Array.from(numbers as ArrayLike<Numbers>, flatten);
  const inner = parts[0]?.shape ?? [];
  const ragged = parts.findIndex(({ shape }) => shape.join() !== inner.join());
  if (ragged >= 0) {
    throw new Error(
      `numbers must have one shape: row 0 is [${inner}], row ${ragged} [${parts[ragged]?.shape}]`,
    );
  }
  return { shape: [parts.length, ...inner], values: parts.flatMap(({ values }) => values) };
}

function placeOf(index: number, shape: readonly number[]): string {
  let rest = index;
  const place = [...shape].reverse().map((size) => {
    const coordinate = rest % size;
    rest = Math.floor(rest / size);
    return coordinate;
  });
  return `[${place.reverse().join(', ')}]`;
}
