import type { Distribution } from '@aimle/distributions';

/** Throws for a theta that leaves no state, with the number of the instance; what is said of its samples would name a row. */
export function refuseInfeasible(distribution: Distribution, theta: Float32Array): void {
  if (!theta.every(Number.isFinite)) distribution.logPartition(theta);
}
