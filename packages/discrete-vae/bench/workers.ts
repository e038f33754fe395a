/**
 * Times training steps of the discrete VAE that several workers share, in turn.
 *
 *   node --conditions=@aimle/source --import tsx packages/discrete-vae/bench/workers.ts [WORKERS] [SAMPLES] [ROUNDS]
 *
 * with WORKERS such as 1,2,4,8. Prints, for each, the smallest and the median time of a step by the clock, and its
 * processor time: of all threads, and of the leading one, which is what a step takes where each worker has a processor.
 */
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { engineLine, useEngine } from '@aimle/engine';
import { memoryStore, trainTask } from '@aimle/training';
import { discreteVae } from '../src/index.js';

const [list = '1,2', samples = '1', rounds = '3'] = process.argv.slice(2);
const STEPS = 40;
/** The first steps compile. */
const WARM = 10;

interface Times {
  readonly wall: number;
  readonly processor: number;
  readonly leading: number;
}

/** Milliseconds so far: by the clock, of the processors, and of this thread's processor (Linux only). */
function now(): Times {
  const { user, system } = process.cpuUsage();
  let leading = Number.NaN;
  try {
    leading = Number(readFileSync('/proc/thread-self/schedstat', 'utf8').split(' ')[0]) / 1e6;
  } catch {}
  return { wall: performance.now(), processor: (user + system) / 1000, leading };
}

async function stepsOf(workers: number): Promise<Times[]> {
  const config = {
    ...discreteVae.presets.paper,
    data: 'digits' as const,
    trainCount: 100 * (STEPS + 1),
    validationCount: 0,
    testCount: 100,
    samples: Number(samples),
    steps: STEPS,
  };
  const seen: Times[] = [];
  await trainTask(discreteVae, config, {
    run: memoryStore('bench'),
    workers,
    onEvent: (event) => event.kind === 'step' && seen.push(now()),
  });
  return seen.slice(WARM).map((after, i) => {
    const before = seen[WARM + i - 1]!;
    const { wall, processor, leading } = after;
    return {
      wall: wall - before.wall,
      processor: processor - before.processor,
      leading: leading - before.leading,
    };
  });
}

const print = (line: string) => process.stdout.write(`${line}\n`);
print(engineLine(await useEngine('wasm', { report: () => {} })));
print(
  `${availableParallelism()} processors, Node ${process.version}, ${samples} samples, ${rounds} rounds in turn; ms a step`,
);
const times = new Map<number, Times[]>();
for (let round = 0; round < Number(rounds); round++) {
  for (const workers of list.split(',').map(Number)) {
    times.set(workers, [...(times.get(workers) ?? []), ...(await stepsOf(workers))]);
  }
}
for (const [workers, steps] of times) {
  const sorted = (of: keyof Times) => steps.map((step) => step[of]).sort((a, b) => a - b);
  const median = (of: keyof Times) => sorted(of)[steps.length >> 1]!.toFixed(1);
  const [min] = sorted('wall');
  print(
    `${workers} workers: ${min!.toFixed(1)} (median ${median('wall')}); processor ${median('processor')}, ` +
      `leading thread ${median('leading')} (min ${sorted('leading')[0]!.toFixed(1)})`,
  );
}
