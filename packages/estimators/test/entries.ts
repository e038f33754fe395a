import { type Distribution, topK as topKDistribution } from '@aimle/distributions';
import { gumbel } from '@aimle/random';
import { type Sense, topK } from '@aimle/solvers';
import { type Estimator, type EstimatorEntry, isLayer, type Layer } from '../src/index.js';

/** An entry's estimator of k-subsets, or of one of n where it takes no more, under Gumbel noise. */
export function ofSubsets(
  entry: EstimatorEntry,
  size: number,
  k: number,
  sense: Sense = 'maximise',
): Estimator {
  if (entry.needs === 'distribution') return entry.build(topKDistribution({ size, k }), gumbel());
  return entry.build(topK({ size, k: chosen(entry, k), sense }), gumbel());
}

/** An entry's estimator on a distribution, under Gumbel noise. */
export function on(entry: EstimatorEntry, distribution: Distribution): Estimator {
  return entry.build(distribution, gumbel());
}

/** How many of n an entry's states choose where k are asked for. */
export function chosen(entry: EstimatorEntry, k: number): number {
  return entry.needs === 'solver' && entry.takes === 'choice' ? 1 : k;
}

/** The estimator as the layer that it must be. */
export function layer(estimator: Estimator): Layer {
  if (!isLayer(estimator)) throw new TypeError(`${estimator.name} is no layer`);
  return estimator;
}
