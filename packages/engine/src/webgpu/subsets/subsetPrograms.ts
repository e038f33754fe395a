import type * as tf from '@tensorflow/tfjs';
import type { DeviceCall, DifferenceDescription } from '../../operations/device.js';
import { type Gpu, type Program, sharedNumbers } from '../gpu.js';
import { differenceProgram, finishProgram } from './differencePrograms.js';
import { centreProgram, chooseProgram, measureProgram } from './measurePrograms.js';
import { MOST_RANKED, type SharedField, sharedFields, spreadOf, THREADS } from './programHead.js';
import { sampleProgram } from './sampleProgram.js';

/** The perturbation of a single sample, in widths of the noise, as of noiseScaled in @aimle/estimators. */
const WIDTHS = 1.7;

const noCells = new Float64Array(1);

/** The tensors of a backward pass. */
interface Given {
  readonly theta: tf.TensorInfo;
  readonly z: tf.TensorInfo;
  readonly gradient: tf.TensorInfo;
}

/** Runs the programs of a layer of subsets. */
export class SubsetPrograms {
  readonly #gpu: Gpu;
  readonly #description: DifferenceDescription;
  readonly #noisy: boolean;
  readonly #programs = new Map<string, Program>();
  /** Sums of differences, zero between two passes. */
  #differences: tf.TensorInfo | null = null;

  constructor(gpu: Gpu, description: DifferenceDescription) {
    this.#gpu = gpu;
    this.#description = description;
    this.#noisy = description.noise !== null;
  }

  /** Whether a call has rows, all its buffers are as small as programs demand, and its counts stay below 2^32. */
  fits(call: DeviceCall): boolean {
    const { structure, draws } = this.#description;
    const { size, low, high } = structure;
    const sides = size > MOST_RANKED ? 2 : 1;
    const rows = rowsOf(call);
    // Of changed coordinates, and of squares of how many more items are chosen.
    const mostCounted = rows * (this.#noisy ? draws : 1) * Math.max(size, (high - low) ** 2);
    return rows > 0 && 4 * sides * rows * size <= this.#gpu.maxBytes && mostCounted < 2 ** 32;
  }

  /** Writes states. */
  sample(call: DeviceCall, theta: tf.TensorInfo, z: tf.TensorInfo, block: tf.TensorInfo): void {
    const { structure, temperature } = this.#description;
    const program = this.#program('sample', () => sampleProgram(structure, this.#noisy));
    const shared = this.#shared(call, { temperature: temperature.forward });
    this.#withKeys(call, 1, (keys) => {
      this.#gpu.run(program, [theta, this.#cells(), block, z, ...keys], shared, this.#groups(call));
    });
  }

  /** Writes the gradient in theta, and updates the block. */
  gradient(
    call: DeviceCall,
    { theta, z, gradient }: Given,
    result: tf.TensorInfo,
    block: tf.TensorInfo,
  ): void {
    const gpu = this.#gpu;
    const { structure, temperature, draws } = this.#description;
    const { size } = structure;
    const instances = call.batch * call.events;
    const groups = this.#groups(call);
    const shared = this.#shared(call, { temperature: temperature.backward, groups });
    const perElement = Math.ceil((instances * size) / THREADS);
    // What g and z vary with is measured only for the curvature.
    const learns = this.#learns(call);
    const isCentred = learns && call.samples > 1;
    const around = isCentred ? gpu.make(instances * size) : this.#cells();
    if (isCentred) {
      gpu.run(
        this.#program('centre', () => centreProgram(structure)),
        [z, around],
        shared,
        perElement,
      );
    }
    const partials = gpu.make(8 * groups);
    const isNoisy = learns && !isCentred;
    const measure = this.#program(`measure ${isNoisy}`, () => measureProgram(structure, isNoisy));
    gpu.run(measure, [theta, z, gradient, around, block, partials], shared, groups);
    gpu.run(
      this.#program('choose', () => chooseProgram(structure)),
      [partials, block],
      shared,
      1,
    );
    const more = this.#noisy ? call.streams.slice(1, draws) : [];
    const streams = more.length > 0 ? gpu.make(Int32Array.from(more.flat())) : this.#cells();
    const sums = this.#zeros(instances * size);
    const difference = this.#program('difference', () => differenceProgram(structure, this.#noisy));
    this.#withKeys(call, 2, (scores) => {
      const buffers = [theta, z, gradient, this.#cells(), streams, block, sums, ...scores];
      gpu.run(difference, buffers, shared, groups);
    });
    gpu.run(
      this.#program('finish', () => finishProgram(structure)),
      [block, sums, result],
      shared,
      perElement,
    );
    gpu.dispose(partials, ...(more.length > 0 ? [streams] : []), ...(isCentred ? [around] : []));
  }

  #learns({ samples }: DeviceCall): boolean {
    return this.#description.curvatureCorrection && (samples > 1 || this.#noisy);
  }

  #program(name: string, make: () => Program): Program {
    const known = this.#programs.get(name) ?? make();
    this.#programs.set(name, known);
    return known;
  }

  #groups(call: DeviceCall): number {
    return Math.ceil(rowsOf(call) / spreadOf(this.#description.structure.size).rows);
  }

  /** The cubics of the noise; something to bind where there is none. */
  #cells(): tf.TensorInfo {
    return this.#gpu.constant(this.#description.noise?.cells ?? noCells);
  }

  #zeros(length: number): tf.TensorInfo {
    if (this.#differences?.shape[0] !== length) {
      if (this.#differences !== null) this.#gpu.dispose(this.#differences);
      this.#differences = this.#gpu.make(new Int32Array(length));
    }
    return this.#differences!;
  }

  /** Lends the buffer of keys that rows too long for a workgroup's memory are selected by. */
  #withKeys(call: DeviceCall, sides: 1 | 2, run: (keys: readonly tf.TensorInfo[]) => void): void {
    const { size } = this.#description.structure;
    const keys = size > MOST_RANKED ? [this.#gpu.make(sides * rowsOf(call) * size, 'int32')] : [];
    run(keys);
    this.#gpu.dispose(...keys);
  }

  #shared(
    call: DeviceCall,
    { temperature, groups = 0 }: { readonly temperature: number; readonly groups?: number },
  ): ArrayBuffer {
    const { noise, finite, sign, thetaWeight, upper, factor, divided, draws, policy, ...rest } =
      this.#description;
    const { batch, samples, events, streams } = call;
    const [key0, key1] = streams[0] ?? [0, 0];
    const [shift0, shift1] = new Uint32Array(Float64Array.of(noise?.shift ?? 0).buffer) as unknown as [
      number,
      number,
    ];
    const paper = policy.name === 'paper' ? policy : { step: 0, target: 0, decay: 0, momentum: 0 };
    const made = noise === null ? 1 : draws;
    const numbers: Record<SharedField, number> = {
      rows: rowsOf(call),
      samples,
      events,
      instances: batch * events,
      key0,
      key1,
      shift0,
      shift1,
      finite: Number(finite),
      own: Number(upper === 'state'),
      draws: made,
      groups,
      learns: Number(this.#learns(call)),
      policy: ['fixed', 'noise-scaled', 'paper'].indexOf(policy.name),
      sign,
      temperature,
      keepLower: thetaWeight,
      keepUpper: upper === 'central' || upper === 'target' ? thetaWeight : 1,
      moveUpper: Number(upper === 'central'),
      noiseMean: noise?.mean ?? 0,
      reach: 0,
      factor: factor(samples),
      divided: Number(divided),
      step: paper.step,
      wanted: paper.target,
      decay: paper.decay,
      momentum: paper.momentum,
    };
    if (policy.name === 'fixed') numbers.reach = policy.lambda;
    if (policy.name === 'noise-scaled') {
      const std = (noise?.std ?? 0) * Math.abs(rest.temperature.backward);
      const count = samples * made * (policy.scaleWithBatch ? Math.sqrt(batch) : 1);
      numbers.reach = WIDTHS * std * count ** (-1 / 3);
    }
    const fields = Object.entries(sharedFields) as [SharedField, 'u32' | 'f32'][];
    return sharedNumbers(fields.map(([name, type]) => [type, numbers[name]] as const));
  }
}

function rowsOf({ batch, samples, events }: DeviceCall): number {
  return batch * samples * events;
}
