import type { Calls } from '@aimle/kernels';
import { foldIn } from '@aimle/random';
import { signOf } from '../layer/structure.js';
import { meanOutcome, outcomeOf } from './averageDifference.js';
import type { KernelWorkspace } from './kernelWorkspace.js';
import {
  type Direction,
  factorsOf,
  type PassCall,
  type PassDifference,
  type PassSettings,
  upperPointOf,
} from './perturbedPass.js';

/** Room that kernels want: difference.ts of theirs says for what. */
const TOGETHER = 4096;
const BASES = 12_928;
/** Nanoseconds for each number, about. */
const COST_OF_SUM = 2;
/** As difference.ts of the kernels numbers them. */
const UPPER_POINTS = { central: 0, state: 1, plain: 2, target: 3 } as const;

/** A direction of a pass in WebAssembly, which is the gradient until a kernel corrects its copy of it. */
export class KernelDirection implements Direction {
  readonly #workspace: KernelWorkspace;
  readonly #settings: PassSettings;
  readonly #call: PassCall;
  readonly #states: Uint32Array;
  readonly #gradient: Float32Array;
  readonly #c: number;
  readonly #onArrays: () => Direction;

  constructor(
    workspace: KernelWorkspace,
    settings: PassSettings,
    call: PassCall,
    states: Uint32Array,
    gradient: Float32Array,
    c: number,
    onArrays: () => Direction,
  ) {
    this.#workspace = workspace;
    this.#settings = settings;
    this.#call = call;
    this.#states = states;
    this.#gradient = gradient;
    this.#c = c;
    this.#onArrays = onArrays;
  }

  rowSums(factor: number): Float64Array {
    const { samples, events, size, rows } = this.#call.layout;
    const workspace = this.#workspace;
    const states = samples * events;
    const sums = new Float64Array(2 * rows);
    workspace.run({
      cost: COST_OF_SUM,
      arrays: (count) => [
        4 * count * states * size,
        4 * count * states * workspace.words,
        16 * count * states,
      ],
      perform: (calls, { first, count, at: [directionAt, statesAt, sumsAt] }) => {
        this.#copyIn(calls, directionAt!, statesAt!, first, count);
        calls.sumRows(directionAt!, count * states, factor, sumsAt!);
      },
      finish: ({ first, count, at: [, , sumsAt] }) =>
        sums.set(workspace.memory.doubles(sumsAt!, 2 * count * states), 2 * first * states),
    });
    return sums;
  }

  difference(lambda: Float64Array, draws: number): PassDifference {
    const { layout, theta, key } = this.#call;
    const { samples, events, size, instances } = layout;
    const { marginalSamples, noise, solver, thetaWeight } = this.#settings;
    const workspace = this.#workspace;
    const { memory, words, before } = workspace;
    const made = noise.std === 0 ? 1 : draws;
    const upper = upperPointOf(this.#settings);
    const factors = factorsOf(this.#settings, signOf(solver), lambda, samples);
    const gradient = new Float32Array(instances * size);
    const counts = new Float64Array(3 * made);
    const temperature = workspace.temperatureOf('backward');
    const isSound = workspace.run({
      cost: 2 * made * workspace.costOfSolve,
      shared: [8 * made],
      own: [8 * Math.max(TOGETHER, events * size), 8 * BASES],
      arrays: (count) => [
        4 * count * events * size,
        4 * count * samples * events * size,
        4 * count * samples * events * words,
        8 * count * events,
        8 * count * events,
        4 * count * events * size,
        24 * made,
      ],
      start: ([keysAt]) => {
        const keys = memory.words(keysAt!, 2 * made);
        for (let draw = 0; draw < made; draw++) {
          keys.set(workspace.streamOf(draw === 0 ? key : foldIn(key, `draw ${draw}`)), 2 * draw);
        }
      },
      perform: (calls, { first, count, at }, [spare, bases], [keysAt]) => {
        const [thetaAt, directionAt, statesAt, alongAt, weightsAt, outAt, countsAt] = at;
        workspace.copyIn(thetaAt!, theta, first, count, events * size);
        this.#copyIn(calls, directionAt!, statesAt!, first, count);
        const along = memory.doubles(alongAt!, count * events);
        const weights = memory.doubles(weightsAt!, count * events);
        for (let i = 0; i < along.length; i++) {
          // The gradient is that of a mean over samples: a sample's own gradient is `samples` times larger.
          along[i] = lambda[first * events + i]! * samples;
          weights[i] = factors[first * events + i]! / samples;
        }
        memory.doubles(countsAt!, 3 * made).fill(0);
        calls.averageDifferences(
          before + first,
          count,
          keysAt!,
          made,
          temperature,
          thetaWeight === 1,
          UPPER_POINTS[upper],
          thetaAt!,
          directionAt!,
          alongAt!,
          weightsAt!,
          statesAt!,
          spare!,
          bases!,
          outAt!,
          countsAt!,
        );
      },
      finish: ({ first, count, at: [, , , , , outAt, countsAt] }) => {
        workspace.copyOut(outAt!, gradient, first, count, events * size);
        // Whole numbers, so the order of threads does not matter.
        memory.doubles(countsAt!, 3 * made).forEach((value, i) => {
          counts[i]! += value;
        });
      },
    });
    if (!isSound) return this.#onArrays().difference(lambda, draws);
    const groups = (instances * samples) / marginalSamples;
    const outcomes = Array.from({ length: made }, (_, draw) =>
      outcomeOf(counts[3 * draw]!, counts[3 * draw + 1]!, counts[3 * draw + 2]!, groups),
    );
    const solves = 2 * made - (upper === 'state' ? 1 : 0);
    return { gradient, ...meanOutcome(outcomes), solves };
  }

  /** Copies the direction and the states of a band. */
  #copyIn(calls: Calls, directionAt: number, statesAt: number, first: number, count: number): void {
    const { samples, events, size } = this.#call.layout;
    const workspace = this.#workspace;
    const states = samples * events;
    workspace.copyIn(directionAt, this.#gradient, first, count, states * size);
    workspace.copyIn(statesAt, this.#states, first, count, states * workspace.words);
    if (this.#c !== 0) calls.correctRows(directionAt, statesAt, count * states, this.#c);
  }
}
