import { useEngine } from '@aimle/engine';
import { foldIn, key } from '@aimle/random';
import { estimates, type Method, methods } from './estimates.js';
import { ITEMS, truthOf } from './problem.js';
import {
  type ChartPoint,
  type Cloud,
  chartLambdas,
  type Reply,
  type Request,
  type Setting,
  SHOWN,
} from './protocol.js';
import { type Quality, qualityOf } from './quality.js';
import { type Walk, walk } from './walk.js';

/** States that a cloud and a point of the chart are measured with, all estimates together. */
const CLOUD_STATES = 2048;
const POINT_STATES = 4096;

const SLICE = 8;
const WALK_PASSES = 1600;

let setting: Setting | undefined;
let cloudDue = false;
let pointsDue: number[] = [];
let walking: Walk | undefined;
let busy = false;

function send(reply: Reply): void {
  postMessage(reply);
}

function cloudOf(method: Method, { problem, lambda, samples, seed }: Setting): Cloud {
  const count = Math.max(SHOWN, Math.round(CLOUD_STATES / samples));
  const all = estimates(method, problem, { lambda, samples, count, key: key(seed) });
  return { shown: all.slice(0, SHOWN * ITEMS), quality: qualityOf(all, truthOf(problem).gradient) };
}

function pointOf(index: number, { problem, samples, seed }: Setting): ChartPoint['quality'] {
  const truth = truthOf(problem).gradient;
  const count = Math.max(64, Math.round(POINT_STATES / samples));
  const lambda = chartLambdas[index]!;
  const of = (method: Method): Quality =>
    qualityOf(estimates(method, problem, { lambda, samples, count, key: foldIn(key(seed), 'chart') }), truth);
  return { aimle: of('aimle'), imle: of('imle') };
}

/** One piece of what is due, the most urgent first; whether there was any. */
function work(): boolean {
  if (setting === undefined) return false;
  if (cloudDue) {
    cloudDue = false;
    const now = setting;
    send({ kind: 'clouds', clouds: new Map(methods.map((method) => [method, cloudOf(method, now)])) });
    return true;
  }
  if (walking !== undefined) {
    const lambdas = walking.advance(SLICE);
    const done = lambdas.passes >= WALK_PASSES;
    if (done) walking = undefined;
    send({ kind: 'walk', lambdas, done });
    if (pointsDue.length === 0) return true;
  }
  const index = pointsDue.shift();
  if (index === undefined) return false;
  send({ kind: 'point', point: { index, quality: pointOf(index, setting) } });
  return true;
}

/** Between two pieces messages are heard, so that what is asked last is done first. */
function goOn(): void {
  busy = work();
  if (busy) setTimeout(goOn);
}

const newWalk = ({ problem, samples, seed }: Setting): Walk =>
  walk(problem, samples, foldIn(key(seed), 'walk'));

/** From the middle of the chart outwards, every other one first. */
const order = chartLambdas
  .map((_, index) => index)
  .sort((a, b) => (a % 2) - (b % 2) || Math.abs(a - 9) - Math.abs(b - 9));

function hear(data: Request): void {
  if (data.kind === 'set') {
    const { problem, samples, seed } = data.setting;
    const same =
      JSON.stringify([problem, samples, seed]) ===
      JSON.stringify([setting?.problem, setting?.samples, setting?.seed]);
    setting = data.setting;
    cloudDue = true;
    if (!same) {
      pointsDue = [...order];
      if (walking !== undefined) walking = newWalk(setting);
    }
  } else if (data.kind === 'walk') walking = setting && newWalk(setting);
  else walking = undefined;
  if (!busy) goOn();
}

const ready = useEngine('cpu', { report: () => {} });
addEventListener('message', async ({ data }: MessageEvent<Request>) => {
  await ready;
  hear(data);
});
