import type { Entry } from './entry.js';

/** Every command, in the order of the help. A command's module is loaded on use: all of them together take longer than `--help` may. */
export const commands: readonly Entry[] = [
  {
    name: 'train',
    about: 'train a model and keep everything in a run directory',
    load: async () => (await import('./train.js')).addTrain,
  },
  {
    name: 'evaluate',
    about:
      "measure a run's best checkpoint (or its last, if it has no best) on test data; with several runs that differ in their " +
      'seed, also the mean and its standard error; changes nothing in a run',
    load: async () => (await import('./evaluate.js')).addEvaluate,
  },
  {
    name: 'explain',
    about: 'show which words of a text a run of l2x chooses, and the rating predicted from them alone',
    load: async () => (await import('./explain.js')).addExplain,
  },
  {
    name: 'predict',
    about: 'predict for new data with a trained model',
    load: async () => (await import('./predict.js')).addPredict,
  },
  {
    name: 'export',
    about: "write a run's weights to a .safetensors file, for Python or another run",
    load: async () => (await import('./export.js')).addExport,
  },
  {
    name: 'report',
    about: 'write one HTML page about one run, or several runs side by side',
    load: async () => (await import('./report.js')).addReport,
  },
  {
    name: 'gradients',
    about:
      'compare gradient estimators with the exact gradient of E |z - b|^2, on small problems where it is known: the cosine ' +
      "of one estimate with it, averaged over the paper's problems; takes seconds",
    load: async () => (await import('./gradients.js')).addGradients,
  },
  {
    name: 'reproduce',
    about:
      "measure a figure of the paper's synthetic study again: tables with error bars, the known figures next to them, and one " +
      'HTML page with plots',
    load: async () => (await import('./reproduce.js')).addReproduce,
  },
  {
    name: 'bench',
    about: 'time layers, whole training steps, random numbers, and solvers as their instances grow',
    load: async () => (await import('./bench.js')).addBench,
  },
  {
    name: 'doctor',
    about: 'show which engines are usable and why others are not, which data sets are present, and versions',
    load: async () => (await import('./doctor.js')).addDoctor,
  },
  {
    name: 'data',
    about: 'list, download and check data sets',
    load: async () => (await import('./data.js')).addData,
  },
  {
    name: 'engine',
    about: 'install, remove or inspect the native engine',
    load: async () => (await import('./engine.js')).addEngine,
  },
  {
    name: 'completion',
    about: 'print the completion script of a shell',
    load: async () => (await import('./completion.js')).addCompletion(commands),
  },
];
