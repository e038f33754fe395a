import { type Demands, demandsOf } from '@aimle/training';
import type { RelationalConfig } from './config.js';

const CHOICES = {
  method: ['aimle', 'imle', 'straight-through', 'stochastic-softmax', 'score-function', 'nvil'],
  structure: ['tree', 'arborescence', 'top-k', 'independent'],
  noise: ['sum-of-gamma', 'gumbel', 'normal', 'none'],
  perturbation: ['noise-scaled', 'paper', 'fixed'],
  baseline: ['none', 'moving-average', 'leave-one-out'],
  data: ['simulated', 'files', 'recordings'],
} as const;

const WHOLE = {
  batchSize: 2,
  samples: 1,
  hidden: 1,
  predictionSteps: 1,
  vertices: 2,
  frames: 2,
  trainCount: 2,
  validationCount: 0,
  testCount: 1,
} as const;

/** Throws a RangeError that names the first option which cannot be, its constraint and the value received. */
export function checkConfig(config: RelationalConfig): void {
  const demands = demandsOf('nri', config);
  const demand = demands.that;
  demands.oneOf(CHOICES);
  const differences: unknown[] = [undefined, 'central', 'forward'];
  demand(differences.includes(config.difference), 'difference', 'central, forward or left out');
  demands.whole(WHOLE);
  demands.positive('lambda', 'alphaStep', 'changedTarget', 'relaxation');
  const { temperature, dropout, batchSize, trainCount, starts = 1 } = config;
  demand(Number.isSafeInteger(starts) && starts >= 1, 'starts', 'an integer of at least 1');
  demand(Number.isFinite(temperature) && temperature >= 0, 'temperature', 'a number of at least 0');
  demand(dropout >= 0 && dropout < 1, 'dropout', 'a number in [0, 1)');
  demand(batchSize <= trainCount, 'batchSize', `at most trainCount, ${trainCount}`);
  checkData(config, demand);
  if (config.method === 'aimle' && config.perturbation === 'noise-scaled') {
    demand(config.noise !== 'none', 'noise', 'other than none for the noise-scaled perturbation');
    demand(temperature > 0, 'temperature', 'above 0 for the noise-scaled perturbation');
  }
  if (config.method === 'score-function' && config.baseline === 'leave-one-out') {
    demand(config.samples >= 2, 'samples', 'at least 2 for the baseline leave-one-out, to have others');
  }
}

function checkData(config: RelationalConfig, demand: Demands<RelationalConfig>['that']): void {
  const { data, recordings, edges, frames, predictionSteps, structure } = config;
  const own = data === 'recordings';
  demand(own === (recordings !== ''), 'recordings', own ? 'a file' : 'empty unless data is recordings');
  demand(own || edges === '', 'edges', 'empty unless data is recordings');
  demand(own || predictionSteps <= frames, 'predictionSteps', `at most frames, ${frames}`);
  demand(
    own || structure !== 'arborescence',
    'structure',
    'tree, top-k or independent for graph layouts, whose springs pull both ways',
  );
}
