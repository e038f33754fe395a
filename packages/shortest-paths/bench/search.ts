import { parseArgs } from 'node:util';
import { generateTerrain, type TerrainMaps } from '@aimle/datasets';
import { adam, useEngine, valueAndGradients } from '@aimle/engine';
import { aimle, blackBox, clamped, fenchelYoung, fixed, imle, noiseScaled, paperAdaptive, perturbedOptimiser } from '@aimle/estimators';
import { foldIn, key, noiseByName, permutation } from '@aimle/random';
import { gridPath } from '@aimle/solvers';
import * as tf from '@tensorflow/tfjs';
import { CostNetwork } from '../src/network.js';

const { values: v } = parseArgs({ options: {
  seed: { type: 'string', default: '0' }, steps: { type: 'string', default: '300' }, method: { type: 'string', default: 'aimle' },
  lr: { type: 'string', default: '1e-3' }, noise: { type: 'string', default: 'gumbel' }, temperature: { type: 'string', default: '1' },
  lambda: { type: 'string', default: '20' }, policy: { type: 'string', default: 'scaled' }, size: { type: 'string', default: '12' },
  train: { type: 'string', default: '500' }, batch: { type: 'string', default: '20' }, channels: { type: 'string', default: '16' },
  draws: { type: 'string', default: '1' }, every: { type: 'string', default: '100' }, minimum: { type: 'string', default: '0.01' }, slope: { type: 'string' }, samples: { type: 'string', default: '1' }, decay: { type: 'string', default: '1' }, apart: { type: 'boolean', default: false }, multiplicative: {type:'boolean', default:false},
} });
const n = Number(v.size), cells = n * n;
await useEngine('wasm', { report: () => {} });
const origin = key(Number(v.seed));
const solver = gridPath({ height: n, width: n });
const make = (count: number, name: string): TerrainMaps => generateTerrain({ count, height: n, width: n, key: foldIn(key('maps'), name) });
const solved = (m: TerrainMaps) => { const z = new Float32Array(m.count * cells); solver.solve(m.costs, z, m.count); return z; };
const t0 = process.cpuUsage();
const train = make(Number(v.train), 'train'), test = make(300, 'test');
const paths = solved(train), testPaths = solved(test);
const cpu = () => { const { user, system } = process.cpuUsage(t0); return ((user + system) / 1e6).toFixed(1); };
console.log('data', cpu());
const network = new CostNetwork({ channels: Number(v.channels), key: foldIn(origin, 'weights') });
const safe = clamped(solver, { minimum: Number(v.minimum) });
const noise = noiseByName(v.noise as 'gumbel', 13), temperature = Number(v.temperature), lambda = Number(v.lambda);
const perturbation = { scaled: noiseScaled(v.apart ? { instances: 'apart' } : {}), fixed: fixed(lambda), paper: paperAdaptive({ step: 1e-3, target: 10 }) }[v.policy]!;
const layer = v.method === 'aimle' ? aimle(safe, { noise, temperature, perturbation, draws: Number(v.draws), ...(v.slope && { slope: v.slope as 'tangent' }) })
  : v.method === 'imle' ? imle(safe, { noise, temperature, lambda })
  : v.method === 'black-box' ? blackBox(safe, { lambda })
  : v.method === 'po' ? perturbedOptimiser(safe, { sigma: temperature, draws: Number(v.draws), ...(v.multiplicative && { form: 'multiplicative' }) } as never) : null;
const fy = fenchelYoung(safe, { noise, sigma: temperature });
const side = n * 8, bytes = side * side * 3;
function pictures(m: TerrainMaps, chosen: ArrayLike<number>): tf.Tensor4D {
  const out = new Float32Array(chosen.length * bytes);
  for (let i = 0; i < chosen.length; i++) out.set(m.pictures.subarray(chosen[i]! * bytes, (chosen[i]! + 1) * bytes), i * bytes);
  return tf.tensor4d(out, [chosen.length, side, side, 3]);
}
function judge(m: TerrainMaps, best: Float32Array) {
  let ratio = 0, optimal = 0, hamming = 0; const seen: number[] = [];
  for (let from = 0; from < m.count; from += 50) {
    const rows = Math.min(50, m.count - from);
    const idx = Array.from({ length: rows }, (_, i) => from + i);
    const costs = tf.tidy(() => network.costs(pictures(m, idx)).dataSync() as Float32Array);
    const z = new Float32Array(rows * cells); solver.solve(costs, z, rows);
    for (let r = 0; r < rows; r++) {
      let mine = 0, theirs = 0, h = 0;
      for (let c = 0; c < cells; c++) { const at = (from + r) * cells + c; mine += m.costs[at]! * z[r * cells + c]!; theirs += m.costs[at]! * best[at]!; h += Math.abs(z[r * cells + c]! - best[at]!); }
      ratio += mine / theirs; hamming += h; if (mine / theirs < 1 + 1e-6) optimal++;
    }
    seen.push(...costs.subarray(0, 144));
  }
  const s = seen.sort((a, b) => a - b);
  return { ratio: +(ratio / m.count).toFixed(4), optimal: +(optimal / m.count).toFixed(3), hamming: +(hamming / m.count).toFixed(2), costs: [s[0]!, s[Math.floor(s.length / 2)]!, s.at(-1)!].map((x) => +x.toFixed(3)) };
}
const optimiser = adam({ learningRate: Number(v.lr) });
const B = Number(v.batch), per = Math.floor(train.count / B);
let order: ArrayLike<number> = [], total = 0;
console.log(JSON.stringify({ step: 0, ...judge(test, testPaths) }));
for (let step = 0; step < Number(v.steps); step++) {
  optimiser.learningRate = Number(v.lr) * Number(v.decay) ** (step / 100);
  if (step % per === 0) order = permutation(foldIn(foldIn(origin, 'order'), step / per), train.count);
  const chosen = Array.from({ length: B }, (_, i) => order[(step % per) * B + i]!);
  const x = pictures(train, chosen);
  const y = tf.tensor2d(Float32Array.from(chosen.flatMap((c) => [...paths.subarray(c * cells, (c + 1) * cells)])), [B, cells]);
  const k = foldIn(foldIn(origin, 'step'), step);
  const { value, gradients } = valueAndGradients(network.parameters, () => {
    const theta = network.costs(x);
    if (layer === null) return fy.apply(theta, y, { key: k, samples: Number(v.samples) }).mean();
    const { z, info } = layer.apply(theta, { key: k, samples: Number(v.samples) });
    const target = y.expandDims(1);
    (globalThis as any).info = info;
    return z.add(target).sub(z.mul(target).mul(2)).sum(-1).mean();
  });
  optimiser.apply(network.parameters, gradients);
  total += value.dataSync()[0]!;
  tf.dispose([x, y, value, ...gradients.values()]);
  if ((step + 1) % Number(v.every) === 0) {
    const info = (globalThis as any).info ?? {};
    console.log(JSON.stringify({ step: step + 1, cpu: +cpu(), loss: +(total / Number(v.every)).toFixed(3), ...judge(test, testPaths), lambda: info.lambda, changed: info.changedShare }));
    total = 0;
  }
}
