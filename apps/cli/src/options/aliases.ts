const aliases: Readonly<Record<string, string>> = {
  lr: 'learningRate',
  rate: 'learningRate',
  bs: 'batchSize',
  batch: 'batchSize',
  iterations: 'steps',
  iters: 'steps',
  'max-steps': 'steps',
  'num-epochs': 'epochs',
  'num-samples': 'samples',
  dataset: 'data',
  'random-seed': 'seed',
  tau: 'temperature',
  eps: 'adamEpsilon',
  decay: 'learningRateDecay',
  device: 'engine',
  backend: 'engine',
  gpu: 'engine',
  output: 'run',
  'output-dir': 'run',
  dir: 'run',
  weights: 'init',
  checkpoint: 'init',
};

/** The option or setting that users of other programs look for by a name; undefined if there is none. */
export function aliasOf(name: string): string | undefined {
  return Object.hasOwn(aliases, name) ? aliases[name] : undefined; // `constructor` is none
}
