import { fillGumbel, foldIn, key } from '@aimle/random';
import { topK } from '@aimle/solvers';

export const items = 6;
const chosen = 2;
const lambda = 1.5;
const rate = 0.55;

/** One step of a layer that learns which two of six to pick, as the first page shows it. */
export interface Learning {
  readonly step: number;
  readonly theta: readonly number[];
  readonly noise: readonly number[];
  /** The state chosen in the forward pass. */
  readonly z: readonly number[];
  readonly wanted: readonly number[];
  readonly loss: number;
}

const solver = topK({ size: items, k: chosen });

function solve(theta: readonly number[]): number[] {
  const z = new Float32Array(items);
  solver.solve(Float32Array.from(theta), z, 1);
  return Array.from(z);
}

/** Where learning begins: theta is zero, and nothing has been chosen. */
export function beginning(round: number): Learning {
  const zeros = Array.from({ length: items }, () => 0);
  const wish = Float32Array.from(zeros);
  fillGumbel(foldIn(key(7), round), wish);
  return {
    step: 0,
    theta: zeros,
    noise: zeros,
    z: zeros,
    wanted: solve(Array.from(wish)),
    loss: 0,
  };
}

/** The next step: noise, two solutions, and theta moved by their difference over lambda. */
export function learn({ step, theta, wanted }: Learning, round: number): Learning {
  const drawn = new Float32Array(items);
  fillGumbel(foldIn(foldIn(key(11), round), step), drawn);
  const noise = Array.from(drawn);
  const noisy = theta.map((value, i) => value + (noise[i] as number));
  const z = solve(noisy);
  const slope = z.map((value, i) => 2 * (value - (wanted[i] as number)));
  const target = solve(noisy.map((value, i) => value - lambda * (slope[i] as number)));
  const moved = theta.map((value, i) => value - (rate * ((z[i] as number) - (target[i] as number))) / lambda);
  const loss = slope.reduce((sum, each) => sum + (each / 2) ** 2, 0);
  return { step: step + 1, theta: moved, noise, z, wanted, loss };
}
