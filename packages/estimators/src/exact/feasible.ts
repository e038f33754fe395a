import type { Distribution } from '@aimle/distributions';

/** Throws for a theta that allows no state, and names the instance (an error while sampling would name a row). */
export function refuseInfeasible(distribution: Distribution, theta: Float32Array): void {
  if (!theta.every(Number.isFinite)) distribution.logPartition(theta);
}
