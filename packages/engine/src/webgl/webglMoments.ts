import * as tf from '@tensorflow/tfjs';
import {
  type AdamCoefficients,
  checkSize,
  lateNotFinite,
  type MomentArrays,
  type Moments,
  type Moving,
} from '../optimiser/moments.js';

/** The part of TensorFlow.js's WebGL backend that is used here. */
export interface WebglBackend {
  makeTensorInfo(shape: number[], dtype: 'float32', values: Float32Array): tf.TensorInfo;
  runWebGLProgram(
    program: object,
    inputs: readonly tf.TensorInfo[],
    dtype: 'float32',
    uniforms?: readonly number[][],
  ): tf.TensorInfo;
  disposeData(dataId: object): void;
  read(dataId: object): Promise<Float32Array>;
  readSync(dataId: object): Float32Array;
}

/** The moments of a parameter, in textures that a step replaces. */
interface Resident {
  readonly size: number;
  m: tf.TensorInfo;
  v: tf.TensorInfo;
}

/**
 * Moments that stay on the GPU. Nothing is read within a step: that a gradient was not finite is noted there, where no
 * parameter moves from then on, and is thrown when the note has arrived.
 */
export class WebglMoments implements Moments {
  readonly place: object;
  readonly #backend: WebglBackend;
  readonly #residents = new Map<string, Resident>();
  /** 0, or 1 more than the place of the parameter whose gradient was not finite. Null until a step needs it. */
  #found: tf.TensorInfo | null = null;
  #asked = false;
  #failure: Error | null = null;

  constructor(place: object, backend: WebglBackend, { m, v }: MomentArrays) {
    this.place = place;
    this.#backend = backend;
    for (const [name, mean] of m) {
      this.#residents.set(name, {
        size: mean.length,
        m: this.#upload(mean),
        v: this.#upload(v.get(name)!),
      });
    }
  }

  step(moving: readonly Moving[], { beta1, beta2, epsilon, rate, scale }: AdamCoefficients): void {
    if (this.#failure !== null) throw this.#failure;
    const residents = moving.map(({ name, parameter }) => this.#resident(name, parameter));
    const names = [...this.#residents.keys()];
    let found = this.#found ?? this.#upload(new Float32Array(1));
    for (const { name, gradient } of moving) found = this.#check(found, gradient, names.indexOf(name) + 1);
    this.#found = found;
    moving.forEach(({ parameter, gradient }, i) => {
      const resident = residents[i]!;
      const { size } = resident;
      const [flatG, flatP] = [flat(gradient), flat(parameter)];
      const m = this.#run(meanOf(size), [resident.m, flatG, found], [beta1, 1 - beta1]);
      const v = this.#run(squareOf(size), [resident.v, flatG, found], [beta2, 1 - beta2]);
      const next = this.#run(nextOf(size), [flatP, m, v, found], [rate, scale, epsilon]);
      this.#dispose(resident.m, resident.v);
      Object.assign(resident, { m, v });
      const tensor = tf.engine().makeTensorFromTensorInfo({ ...next, shape: parameter.shape });
      parameter.assign(tensor);
      tensor.dispose();
    });
    void this.#ask(found);
  }

  export(): MomentArrays {
    if (this.#found !== null) this.#take(this.#backend.readSync(this.#found.dataId)[0]!);
    if (this.#failure !== null) throw this.#failure;
    const copies = (which: 'm' | 'v') =>
      new Map(
        [...this.#residents].map(([name, resident]) => [
          name,
          this.#backend.readSync(resident[which].dataId).slice(),
        ]),
      );
    return { m: copies('m'), v: copies('v') };
  }

  dispose(): void {
    for (const { m, v } of this.#residents.values()) this.#dispose(m, v);
    this.#residents.clear();
    if (this.#found !== null) this.#dispose(this.#found);
    this.#found = null;
  }

  #resident(name: string, { size }: tf.Tensor): Resident {
    let resident = this.#residents.get(name);
    if (resident === undefined) {
      resident = { size, m: this.#upload(new Float32Array(size)), v: this.#upload(new Float32Array(size)) };
      this.#residents.set(name, resident);
    }
    checkSize(name, resident.size, size);
    return resident;
  }

  /** Returns the note of before, or that this gradient is the first that is not finite. */
  #check(before: tf.TensorInfo, gradient: tf.Tensor, number: number): tf.TensorInfo {
    const each = Math.ceil(Math.sqrt(gradient.size));
    const parts = this.#run(foundOf(gradient.size, each), [flat(gradient)], []);
    const found = this.#run(firstOf(parts.shape[0]!), [parts, before], [number]);
    this.#dispose(parts, before);
    return found;
  }

  /** Asks for the note, unless one is on its way. */
  async #ask(found: tf.TensorInfo): Promise<void> {
    if (this.#asked) return;
    this.#asked = true;
    const names = [...this.#residents.keys()];
    // The texture is replaced in the next step: a clone keeps it.
    const note = this.#run(sameOf, [found], []);
    try {
      this.#take((await this.#backend.read(note.dataId))[0]!, names);
    } catch {
      // A lost context: whoever reads a parameter is told.
    } finally {
      this.#dispose(note);
      this.#asked = false;
    }
  }

  #take(found: number, names = [...this.#residents.keys()]): void {
    if (found > 0) this.#failure = lateNotFinite(names[found - 1]!);
  }

  #run(program: object, inputs: readonly tf.TensorInfo[], uniforms: readonly number[]): tf.TensorInfo {
    return this.#backend.runWebGLProgram(
      program,
      inputs,
      'float32',
      uniforms.map((value) => [value]),
    );
  }

  #upload(values: Float32Array): tf.TensorInfo {
    return this.#backend.makeTensorInfo([values.length], 'float32', values.slice());
  }

  #dispose(...infos: readonly tf.TensorInfo[]): void {
    for (const { dataId } of infos) this.#backend.disposeData(dataId);
  }
}

function flat({ dataId, size }: tf.Tensor): tf.TensorInfo {
  return { dataId, shape: [size], dtype: 'float32' };
}

/** A program of the given numbers of an element, and of numbers that all elements share. */
function elementwise(
  size: number,
  variables: readonly string[],
  shared: readonly string[],
  value: string,
): object {
  const read = variables.map((name) => `float ${name.toLowerCase()} = get${name}AtOutCoords();`);
  return {
    variableNames: [...variables, 'Found'],
    outputShape: [size],
    customUniforms: shared.map((name) => ({ name, type: 'float' as const })),
    userCode: `void main() { bool stopped = getFound(0) > 0.0; ${read.join(' ')} setOutput(${value}); }`,
  };
}

const meanOf = (size: number): object =>
  elementwise(size, ['M', 'G'], ['past', 'now'], 'stopped ? m : past * m + now * g');
const squareOf = (size: number): object =>
  elementwise(size, ['V', 'G'], ['past', 'now'], 'stopped ? v : past * v + now * g * g');
const nextOf = (size: number): object =>
  elementwise(
    size,
    ['P', 'M', 'V'],
    ['rate', 'scale', 'epsilon'],
    'stopped ? p : p - rate * m / (sqrt(v) * scale + epsilon)',
  );

/** Writes 1 for each part of `each` numbers of which one is not finite. */
function foundOf(size: number, each: number): object {
  return {
    variableNames: ['G'],
    outputShape: [Math.ceil(size / each)],
    userCode: `void main() {
      int first = getOutputCoords() * ${each};
      float found = 0.0;
      for (int i = 0; i < ${each}; i++) {
        if (first + i >= ${size}) break;
        float g = getG(first + i);
        if (isnan(g) || isinf(g)) found = 1.0;
      }
      setOutput(found);
    }`,
  };
}

/** Keeps the note of before, or writes the number where one of the parts says so. */
function firstOf(parts: number): object {
  return {
    variableNames: ['Part', 'Found'],
    outputShape: [1],
    customUniforms: [{ name: 'number', type: 'float' as const }],
    userCode: `void main() {
      float found = getFound(0);
      for (int i = 0; i < ${parts}; i++) if (found == 0.0 && getPart(i) > 0.0) found = number;
      setOutput(found);
    }`,
  };
}

const sameOf = {
  variableNames: ['Found'],
  outputShape: [1],
  userCode: 'void main() { setOutput(getFound(0)); }',
};
