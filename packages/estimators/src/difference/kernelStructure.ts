import type { Calls, Own } from '@aimle/kernels';
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
  /** About how many nanoseconds a solve takes for each number, with its noise: it decides on threads only. */
  readonly cost: number;
  /** Sets the kernels up, to work at that address. */
  set(calls: Calls, room: Own): void;
}

/** Larger trees are rare, and their matrices would not stay in the first-level cache. */
const MOST_VERTICES = 64;
const MOST_EDGES = (MOST_VERTICES * (MOST_VERTICES - 1)) / 2;

/** Returns the structure of a solver that kernels know, told by its description; null for any other. */
export function kernelStructureOf(solver: Solver): KernelStructure | null {
  const { name, size, solve } = solver;
  const other = others[name];
  // A description copies the edges of a graph: large ones are not for kernels.
  if (other === undefined ? !subsets.includes(name) : size > other.most) return null;
  const { description } = solver;
  if (description === undefined || description.name !== name) return null;
  const options = description.options as Partial<Record<string, number>>;
  const found = other === undefined ? subsetsOf(name, size, options) : other.of(options);
  return found && { ...found, finite: name === 'chain' || 'logPartition' in solver, solve };
}

/** Structures other than subsets, up to a size. */
const others: Readonly<Record<string, { most: number; of: (options: Options) => Known | null }>> = {
  spanningTree: { most: MOST_EDGES, of: treesOf },
  chain: { most: 2 ** 20, of: chainsOf },
};

const subsets: readonly string[] = ['topK', 'categorical', 'bernoulli', 'atMostK', 'betweenK'];

type Known = Pick<KernelStructure, 'room' | 'cost' | 'set' | 'bounds'>;
type Options = Partial<Record<string, number>>;

/** Subsets are those of at least `low` and at most `high` items. */
function subsetsOf(name: string, size: number, options: Options): Known {
  const { k = name === 'categorical' ? 1 : size, low = 0, high = k } = options;
  const exact = name === 'topK' || name === 'categorical';
  const bounds = { low: exact ? k : low, high };
  return {
    bounds,
    room: 4 * (2 * size + 256),
    cost: 8,
    set: ({ setSubsets }, room) => setSubsets(size, bounds.low, high, room),
  };
}

/** Sequences of labels. Where a score is infinite, the solver itself decides whether there is one. */
function chainsOf({ length = 0, labels = 0 }: Options): Known {
  return {
    cost: 4,
    room: 24 * (labels + 2) + 4 * length * labels,
    set: ({ setChain }, room) => setChain(length, labels, room),
  };
}

/** Trees of a complete graph; null for one that lists its edges. */
function treesOf({ vertices, edges }: Options): Known | null {
  if (vertices === undefined || edges !== undefined) return null;
  return {
    room: 16 * (2 * vertices + 3) * Math.ceil(vertices / 4),
    cost: 17,
    set: ({ setTrees }, room) => setTrees(vertices, room),
  };
}
