import { Command } from 'commander';
import { addBench } from './commands/bench.js';
import { addData } from './commands/data.js';
import { addDoctor } from './commands/doctor.js';
import { addEngine } from './commands/engine.js';
import { addEvaluate } from './commands/evaluate.js';
import { addExplain } from './commands/explain.js';
import { addGradients } from './commands/gradients.js';
import { addPredict } from './commands/predict.js';
import { addReport } from './commands/report.js';
import { addReproduce } from './commands/reproduce.js';
import { addTrain } from './commands/train.js';
import { versions } from './invocation.js';
import type { Call } from './terminal/terminal.js';

/** Builds the command line. Commander throws where it would end the process. */
export function program(call: Call): Command {
  const aimle = new Command('aimle')
    .description('Discrete choices inside neural networks, trained by gradient.')
    .version(versions().aimle)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => call.terminal.stdout(text.trimEnd()),
      writeErr: (text) => call.terminal.stderr(text.trimEnd()),
      // The caller reports errors, with everything else that goes wrong.
      outputError: () => {},
    })
    .addHelpText(
      'after',
      `
Start with:
  aimle doctor         what this machine can do
  aimle train dvae     train a small model, in minutes

AIMLE_DATA sets the data folder, AIMLE_ENGINE the engine; AIMLE_DEBUG=1 shows where an error came from.`,
    );
  addTrain(aimle, call);
  addEvaluate(aimle, call);
  addExplain(aimle, call);
  addPredict(aimle, call);
  addReport(aimle, call);
  addGradients(aimle, call);
  addReproduce(aimle, call);
  addBench(aimle, call);
  addDoctor(aimle, call);
  addData(aimle, call);
  addEngine(aimle, call);
  return aimle;
}
