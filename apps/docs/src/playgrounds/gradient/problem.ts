import { plackettLuce } from '@aimle/distributions';

/** A place in the plane that states are drawn in. */
export type Point = readonly [x: number, y: number];

/** k of five items are taken. The loss is the squared distance from the middle of those taken to the target. */
export interface Problem {
  readonly k: number;
  readonly theta: readonly number[];
  readonly target: Point;
}

export const ITEMS = 5;

/** Where the items stand: the corners of a regular pentagon. */
export const items: readonly Point[] = Array.from({ length: ITEMS }, (_, i) => {
  const angle = -Math.PI / 2 + (2 * Math.PI * i) / ITEMS;
  return [Math.cos(angle), Math.sin(angle)];
});

/** The middle of the items that a state takes, or of how often each is taken. */
export function placeOf(taken: ArrayLike<number>, k: number): Point {
  let x = 0;
  let y = 0;
  items.forEach((item, i) => {
    x += (taken[i]! * item[0]) / k;
    y += (taken[i]! * item[1]) / k;
  });
  return [x, y];
}

export function lossAt([x, y]: Point, [u, v]: Point): number {
  return (x - u) ** 2 + (y - v) ** 2;
}

/** What is exactly known of MAP(theta + Gumbel noise). */
export interface Truth {
  /** The expected loss, and its gradient in theta. */
  readonly loss: number;
  readonly gradient: Float64Array;
  readonly marginals: Float64Array;
  readonly states: readonly { readonly place: Point; readonly probability: number }[];
}

/**
 * By the sum over all lists of k different items, which is the order in which the noise takes them:
 *
 *   P(list) = prod_t exp(theta_list[t]) / W_t,   d log P / d theta_j = sum_t [j = list[t]] - [j not taken before t] exp(theta_j) / W_t
 *
 * with W_t the weight of all items that are not taken before t.
 */
export function truthOf({ k, theta, target }: Problem): Truth {
  const scores = Float64Array.from(theta);
  const weights = scores.map(Math.exp);
  const distribution = plackettLuce({ size: ITEMS, k });
  const gradient = new Float64Array(ITEMS);
  const marginals = new Float64Array(ITEMS);
  const states = new Map<number, { place: Point; probability: number }>();
  let loss = 0;
  for (const list of lists(k)) {
    const probability = Math.exp(distribution.logProbability(scores, list)[0]!);
    const taken = new Float64Array(ITEMS);
    const slope = new Float64Array(ITEMS);
    for (const item of list) {
      const rest = weights.reduce((sum, weight, j) => sum + (taken[j] === 1 ? 0 : weight), 0);
      for (let j = 0; j < ITEMS; j++) if (taken[j] === 0) slope[j]! -= weights[j]! / rest;
      slope[item]! += 1;
      taken[item] = 1;
    }
    const place = placeOf(taken, k);
    const share = probability * lossAt(place, target);
    loss += share;
    for (let j = 0; j < ITEMS; j++) {
      gradient[j]! += share * slope[j]!;
      marginals[j]! += probability * taken[j]!;
    }
    const name = list.reduce((set, item) => set | (1 << item), 0);
    const known = states.get(name);
    if (known) known.probability += probability;
    else states.set(name, { place, probability });
  }
  return { loss, gradient, marginals, states: [...states.values()] };
}

/** All lists of k different items. */
function lists(k: number): number[][] {
  if (k === 0) return [[]];
  return lists(k - 1).flatMap((list) =>
    Array.from({ length: ITEMS }, (_, item) => item)
      .filter((item) => !list.includes(item))
      .map((item) => [...list, item]),
  );
}
