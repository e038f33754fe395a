import { spanningTree, topK } from '@aimle/solvers';
import type { Growth } from './growth.js';

/** Every solver, over about three decades of size where its cost allows. */
export const growths: readonly Growth[] = [
  {
    name: 'solver/topK',
    steps: [1e3, 1e4, 1e5, 1e6],
    solver: (size) => topK({ size, k: size / 10 }),
    textbook: 1,
  },
  {
    name: 'solver/spanningTree',
    steps: [45, 142, 448, 1415],
    solver: (vertices) => spanningTree({ vertices }),
    textbook: 1,
  },
];
