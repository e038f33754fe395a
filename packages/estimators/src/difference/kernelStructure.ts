import type { Solver, StructureDescription } from '@aimle/solvers';

/** A structure that kernels solve for: subsets of at least `low` and at most `high` items. */
export interface KernelStructure {
  readonly low: number;
  readonly high: number;
  /** Whether the solver refuses infinite scores, as distributions may. */
  readonly finite: boolean;
  /** The solver's own function, which kernels stand in for. */
  readonly solve: Solver['solve'];
}

/** Returns the structure of a solver that kernels know, told by its description; null for any other. */
export function kernelStructureOf(solver: Solver): KernelStructure | null {
  const { description, solve } = solver;
  const bounds = description === undefined ? null : boundsOf(description);
  return bounds ? { ...bounds, finite: 'logPartition' in solver, solve } : null;
}

function boundsOf({ name, options }: StructureDescription) {
  const { size, k, low, high } = options as Record<'size' | 'k' | 'low' | 'high', number>;
  switch (name) {
    case 'topK':
      return { low: k, high: k };
    case 'categorical':
      return { low: 1, high: 1 };
    case 'bernoulli':
      return { low: 0, high: size };
    case 'atMostK':
      return { low: 0, high: k };
    case 'betweenK':
      return { low, high };
    default:
      return null;
  }
}
