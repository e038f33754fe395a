import { custom, type Sense } from '../../src/index.js';
import type { SmallInstance, SolverEntry } from '../entry.js';

export const customs: readonly SolverEntry[] = [
  {
    name: 'custom',
    small: [
      [1, 1],
      [6, 2],
      [5, 5],
    ].map(windowOf),
  },
];

/** The best run of neighbours, found by trying every place for it. */
function windowOf([size, kappa]: readonly number[]): SmallInstance {
  const places = Array.from({ length: size! - kappa! + 1 }, (_, place) => place);
  const states = places.map((place) =>
    Array.from({ length: size! }, (_, i) => +(i >= place && i < place + kappa!)),
  );
  return {
    label: `a window of ${kappa} in ${size}`,
    build: (sense: Sense) =>
      custom({
        size: size!,
        kappa: kappa!,
        sense,
        solve(theta) {
          const sums = places.map((place) => theta.slice(place, place + kappa!).reduce((a, b) => a + b, 0));
          const best = sense === 'maximise' ? Math.max(...sums) : Math.min(...sums);
          return states[sums.indexOf(best)]!;
        },
      }),
    states: () => states,
    infinities: 'none',
  };
}
