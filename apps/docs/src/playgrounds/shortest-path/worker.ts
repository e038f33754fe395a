import { useEngine } from '@aimle/engine';
import { foldIn, key } from '@aimle/random';
import { Learner, type Method } from './learner.js';
import { drawPairs, paths, type Score, scoreOf, type Terrain, trueCosts } from './terrain.js';

export type Request =
  | { readonly kind: 'terrain'; readonly kinds: Uint8Array; readonly colours: Float32Array }
  | { readonly kind: 'reset'; readonly method: Method; readonly seed: number }
  | { readonly kind: 'run'; readonly stepsASecond: number }
  | { readonly kind: 'pause' };

export interface Progress {
  readonly steps: number;
  /** Of the present terrain. */
  readonly costs: Float32Array;
  /** Over pairs of cells that are drawn once and never trained on as such. */
  readonly score: Score;
}

const judged = drawPairs(foldIn(key(0), 'judged'), 64);

let terrain: Terrain | undefined;
let truth: Float32Array = new Float32Array(0);
let best: Float32Array = new Float32Array(0);
let learner: Learner | undefined;
let pause = 1000 / 20;
let timer: ReturnType<typeof setTimeout> | undefined;

function report(): void {
  if (terrain === undefined || learner === undefined) return;
  const costs = learner.costs(terrain);
  const score = scoreOf(paths(costs, judged), best, truth);
  postMessage({ steps: learner.steps, costs, score } satisfies Progress);
}

function step(): void {
  const began = performance.now();
  if (terrain !== undefined) learner?.step(terrain);
  report();
  timer = setTimeout(step, Math.max(0, pause - (performance.now() - began)));
}

function hear(request: Request): void {
  if (request.kind === 'terrain') {
    terrain = request;
    truth = trueCosts(terrain.kinds);
    best = paths(truth, judged);
    report();
  } else if (request.kind === 'reset') {
    learner?.dispose();
    learner = new Learner(request.method, key(request.seed));
    report();
  } else if (request.kind === 'run') {
    pause = 1000 / request.stepsASecond;
    clearTimeout(timer);
    step();
  } else clearTimeout(timer);
}

const ready = useEngine('cpu', { report: () => {} });
addEventListener('message', async ({ data }: MessageEvent<Request>) => {
  await ready;
  hear(data);
});
