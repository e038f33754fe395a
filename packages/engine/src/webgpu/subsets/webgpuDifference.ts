import type * as tf from '@tensorflow/tfjs';
import { customGradient } from '../../operations/customGradient.js';
import type {
  DeviceCall,
  DeviceDifference,
  DeviceReport,
  DeviceState,
  DifferenceDescription,
} from '../../operations/device.js';
import { refuseSecondDerivative } from '../../operations/hostCallback.js';
import { tensorEngine } from '../../operations/tensorEngine.js';
import type { Gpu } from '../gpu.js';
import { BLOCK, NONE } from './programHead.js';
import { SubsetPrograms } from './subsetPrograms.js';

/** A layer of subsets whose scores, states and gradients stay on the GPU, as does what adapts. */
export class WebgpuDifference implements DeviceDifference {
  readonly #gpu: Gpu;
  readonly #description: DifferenceDescription;
  readonly #programs: SubsetPrograms;
  #block: tf.TensorInfo;
  /** Runs of programs on the block, and its words after the latest one, once they are known. */
  #runs = 0;
  #elements = 0;
  #known: Uint32Array | null = null;
  #isAwaited = false;

  constructor(gpu: Gpu, description: DifferenceDescription) {
    this.#gpu = gpu;
    this.#description = description;
    this.#programs = new SubsetPrograms(gpu, description);
    this.#block = gpu.make(newBlock({ policy: [0, 0, 0], curvature: [0, 0, 0, 0] }));
  }

  sample(theta: tf.Tensor, call: DeviceCall): tf.Tensor | null {
    if (!this.#programs.fits(call)) return null;
    this.#refuse(this.#known);
    return customGradient([theta], ([x], save) => {
      const z = this.#tensor(call.shape);
      this.#programs.sample(call, x!, z, this.#block);
      this.#ran();
      // Only when this turn is over: a backward pass in it asks for both.
      void Promise.resolve().then(() => this.#ask());
      save([x!, z]);
      return {
        value: z,
        backward: (gradient, [kept, states]) =>
          customGradient([gradient, kept!, states!], ([g, at, drawn]) => ({
            value: this.#gradient(call, at!, drawn!, g!),
            backward: (again) => refuseSecondDerivative(this.#description.name, again, [g!, at!, drawn!]),
          })),
      };
    });
  }

  readState(): DeviceState {
    const words = this.#words();
    const numbers = new Float32Array(words.buffer);
    const at = (index: number): number => numbers[index]!;
    const { policy: p, curvature: c } = BLOCK;
    return { policy: [at(p), at(p + 1), at(p + 2)], curvature: [at(c), at(c + 1), at(c + 2), at(c + 3)] };
  }

  writeState(state: DeviceState): void {
    this.#gpu.dispose(this.#block);
    this.#block = this.#gpu.make(newBlock(state));
    this.#known = null;
  }

  readReport(): DeviceReport {
    const words = this.#words();
    const numbers = new Float32Array(words.buffer);
    return {
      lambda: numbers[BLOCK.lambda]!,
      changedCoordinates: numbers[BLOCK.changedCoordinates]!,
      changedShare: numbers[BLOCK.changedShare]!,
      sparsity: words[BLOCK.zeros]! / Math.max(this.#elements, 1),
    };
  }

  #gradient(call: DeviceCall, theta: tf.Tensor, z: tf.Tensor, gradient: tf.Tensor): tf.Tensor {
    const result = this.#tensor(theta.shape);
    this.#programs.gradient(call, { theta, z, gradient }, result, this.#block);
    this.#elements = theta.size;
    this.#ran();
    call.onGradient();
    void this.#ask();
    return result;
  }

  #ran(): void {
    this.#runs++;
    this.#known = null;
  }

  /** Asks for the block, unless it is known or on its way; and again where it has changed on the way. */
  async #ask(): Promise<void> {
    if (this.#isAwaited || this.#known !== null) return;
    this.#isAwaited = true;
    const [block, runs] = [this.#block, this.#runs];
    try {
      const words = wordsOf(await this.#gpu.read(block));
      // Notes stay in the block, so that it does not matter which run they are of.
      if (block === this.#block && (runs === this.#runs || isNoted(words))) this.#known = words;
    } catch {
      // A lost device: whoever reads a tensor is told.
    } finally {
      this.#isAwaited = false;
    }
    if (runs !== this.#runs) void this.#ask();
  }

  /** The words of the block after the latest pass. Throws what it refused. */
  #words(): Uint32Array {
    this.#known ??= wordsOf(this.#gpu.readSync(this.#block));
    this.#refuse(this.#known);
    return this.#known;
  }

  /** Throws what a pass refused, once: the next one goes on with what was learned before it. */
  #refuse(words: Uint32Array | null): void {
    if (words === null || !isNoted(words)) return;
    const { theta, gradient } = this.#description.refusals;
    const [badTheta, badGradient] = [words[BLOCK.badTheta]!, words[BLOCK.badGradient]!];
    const numbers = new Float32Array(words.buffer);
    const part = (from: number, count: number) => Array.from(numbers.subarray(from, from + count));
    this.writeState({
      policy: part(BLOCK.policy, 3) as unknown as DeviceState['policy'],
      curvature: part(BLOCK.curvature, 4) as unknown as DeviceState['curvature'],
    });
    throw badTheta === NONE ? gradient(badGradient) : theta(badTheta);
  }

  #tensor(shape: readonly number[]): tf.Tensor {
    const info = this.#gpu.backend.makeTensorInfo([...shape], 'float32');
    return tensorEngine().makeTensorFromTensorInfo(info);
  }
}

function newBlock({ policy, curvature }: DeviceState): Int32Array {
  const block = new Int32Array(BLOCK.words);
  block[BLOCK.badTheta] = NONE;
  block[BLOCK.badGradient] = NONE;
  const numbers = new Float32Array(block.buffer);
  numbers.set(policy, BLOCK.policy);
  numbers.set(curvature, BLOCK.curvature);
  return block;
}

function wordsOf(values: Int32Array | Float32Array): Uint32Array {
  return new Uint32Array(values.buffer, values.byteOffset, values.length);
}

function isNoted(words: Uint32Array): boolean {
  return words[BLOCK.badTheta] !== NONE || words[BLOCK.badGradient] !== NONE;
}
