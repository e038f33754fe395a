import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Figure, MetricsLine, RunRecord } from '@aimle/training';

/** What a fake run departs in from an ordinary one. */
export interface FakeRun {
  readonly name?: string;
  readonly config?: Record<string, string | number>;
  readonly steps?: number;
  readonly stepsPerEpoch?: number;
  /** The level that the loss falls to. */
  readonly floor?: number;
  readonly tested?: boolean;
  readonly figures?: boolean;
}

/** Writes a run directory such as training leaves behind, its numbers from formulas, and returns its path. */
export async function fakeRun(options: FakeRun = {}): Promise<string> {
  const {
    name = 'dvae-aimle',
    steps = 1200,
    stepsPerEpoch = 100,
    floor = 78,
    tested = true,
    figures = true,
  } = options;
  const folder = join(await mkdtemp(join(tmpdir(), 'aimle-report-')), name);
  await mkdir(folder);
  const record: RunRecord = {
    format: 'aimle-run/1',
    task: 'dvae',
    title: 'Discrete variational autoencoder',
    preset: 'quick',
    config: { ...config, ...options.config },
    titles: {
      aimle: 'AIMLE',
      imle: 'IMLE',
      'sum-of-gamma': 'Sum-of-Gamma',
      gumbel: 'Gumbel',
    },
    command: `aimle train dvae --preset quick --method ${options.config?.['method'] ?? 'aimle'} --seed 0`,
    engine: { name: 'wasm', version: '4.22.0', threads: 1 },
    step: 0,
    time: '2024-05-17T09:30:00.000Z',
    versions: { aimle: '0.1.0', node: '20.20.2', tfjs: '4.22.0' },
    resumed: [],
  };
  await writeFile(join(folder, 'config.json'), JSON.stringify(record));
  const lines = metrics(steps, stepsPerEpoch, floor, tested);
  await writeFile(join(folder, 'metrics.jsonl'), lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  if (figures)
    await writeFile(
      join(folder, 'figures.json'),
      JSON.stringify([blobs('reconstructions'), blobs('samples')]),
    );
  return folder;
}

const config = {
  seed: 0,
  epochs: 12,
  learningRate: 0.001,
  adamEpsilon: 1e-8,
  batchSize: 100,
  method: 'aimle',
  difference: 'central',
  samples: 1,
  noise: 'sum-of-gamma',
  temperature: 1,
  perturbation: 'noise-scaled',
  codes: 20,
  codeSize: 20,
  k: 10,
  data: 'auto',
  trainCount: 10000,
  testCount: 2000,
};

function metrics(steps: number, stepsPerEpoch: number, floor: number, tested: boolean): MetricsLine[] {
  const lines: MetricsLine[] = [];
  const level = (step: number) => floor + 130 * Math.exp(-step / 150) + 300 * Math.exp(-step / 15);
  for (let step = 1; step <= steps; step++) {
    const epoch = 1 + Math.floor((step - 1) / stepsPerEpoch);
    const wobble = Math.sin(step * 12.9898) * Math.cos(step * 78.233);
    const seconds = step * 0.12;
    const lambda = 0.9 + 2.4 * Math.exp(-step / 200) + 0.1 * wobble;
    const sparsity = 0.35 + 0.4 * (1 - Math.exp(-step / 400)) + 0.03 * wobble;
    lines.push({ kind: 'step', step, epoch, loss: level(step) + 9 * wobble, lambda, sparsity, seconds });
    if (step % stepsPerEpoch !== 0) continue;
    const [bce, kl] = [level(step) - 20, 21.5];
    const validation = { negative_elbo: bce + kl, bce, kl, official_loss: bce + kl };
    lines.push({
      kind: 'epoch',
      step,
      epoch,
      train: { loss: level(step), lambda, sparsity },
      validation,
      test: null,
      best: true,
      seconds,
    });
  }
  if (tested) {
    const bce = level(steps) - 19.3;
    const test = { negative_elbo: bce + 21.5, bce, kl: 21.5, official_loss: bce + 21.5 };
    lines.push({
      kind: 'test',
      step: steps,
      epoch: steps / stepsPerEpoch,
      checkpoint: 'best',
      test,
      seconds: steps * 0.12,
    });
  }
  return lines;
}

/** Rings and strokes, in the layout of the discrete VAE's figures. */
function blobs(name: 'reconstructions' | 'samples'): Figure {
  const [columns, size] = [16, 28];
  const row = (blur: number, shift: number) => {
    const pixels = new Uint8Array(columns * size * size);
    for (let i = 0; i < pixels.length; i++) {
      const [image, x, y] = [Math.floor(i / size ** 2), i % size, Math.floor(i / size) % size];
      const radius = Math.hypot((x - 13.5) * (1 + 0.05 * (image % 5)), y - 13.5 - shift);
      pixels[i] = 255 * Math.exp(-(((radius - 4 - (image % 6)) / blur) ** 2));
    }
    return Buffer.from(pixels).toString('base64');
  };
  const reconstructions = name === 'reconstructions';
  return {
    name,
    title: reconstructions ? 'Reconstructions' : 'Samples',
    caption: reconstructions
      ? 'Images the model never saw, and what is left of them after a pass through the codes.'
      : 'Made up: 20 codes drawn at random, each with 10 of 20 bits on, decoded.',
    kind: 'images',
    columns,
    width: size,
    height: size,
    rows: reconstructions
      ? [
          { label: 'image', pixels: row(1.5, 0) },
          { label: 'reconstruction', pixels: row(2.6, 0.5) },
        ]
      : [0, 1, 2, 3].map((shift) => ({ label: '', pixels: row(2.2, shift) })),
  };
}
