import type { Kernels } from '@aimle/kernels';
import type { Solver } from '@aimle/solvers';

/** A structure that kernels solve for. */
export interface KernelStructure {
  /** Whether the solver refuses infinite scores, as distributions may. */
  readonly finite: boolean;
  /** The solver's own function, which kernels stand in for. */
  readonly solve: Solver['solve'];
  /** The bounds of subsets; absent for other structures. */
  readonly bounds?: { readonly low: number; readonly high: number };
  /** Bytes that the kernels work in. */
  readonly room: number;
  /** Sets the kernels up, to work at that address. */
  set(kernels: Kernels, room: number): void;
}

/** Larger trees are rare, and their matrices would not stay in the first-level cache. */
const MOST_VERTICES = 64;
const MOST_EDGES = (MOST_VERTICES * (MOST_VERTICES - 1)) / 2;

/** Returns the structure of a solver that kernels know, told by its description; null for any other. */
export function kernelStructureOf(solver: Solver): KernelStructure | null {
  const { name, size, solve } = solver;
  // A description copies the edges of a graph: large ones are not for kernels.
  if (name === 'spanningTree' ? size > MOST_EDGES : !subsets.includes(name)) return null;
  const { description } = solver;
  if (description === undefined || description.name !== name) return null;
  const options = description.options as Partial<Record<string, number>>;
  const found = name === 'spanningTree' ? treesOf(options) : subsetsOf(name, size, options);
  return found && { ...found, finite: 'logPartition' in solver, solve };
}

const subsets: readonly string[] = ['topK', 'categorical', 'bernoulli', 'atMostK', 'betweenK'];

type Known = Pick<KernelStructure, 'room' | 'set' | 'bounds'>;
type Options = Partial<Record<string, number>>;

/** Subsets are those of at least `low` and at most `high` items. */
function subsetsOf(name: string, size: number, options: Options): Known {
  const { k = name === 'categorical' ? 1 : size, low = 0, high = k } = options;
  const exact = name === 'topK' || name === 'categorical';
  const bounds = { low: exact ? k : low, high };
  return {
    bounds,
    room: 4 * (2 * size + 256),
    set: ({ setSubsets }, room) => setSubsets(size, bounds.low, high, room),
  };
}

/** Trees of a complete graph; null for one that lists its edges. */
function treesOf({ vertices, edges }: Options): Known | null {
  if (vertices === undefined || edges !== undefined) return null;
  return {
    room: 16 * (2 * vertices + 3) * Math.ceil(vertices / 4),
    set: ({ setTrees }, room) => setTrees(vertices, room),
  };
}
