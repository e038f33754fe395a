/** A loss of a state and its gradient in the state, on typed arrays. */
export interface Loss {
  readonly name: string;
  /** Returns L of the state that begins at `at`. */
  value(z: Float32Array, at: number): number;
  /** Writes dL/dz of the state at `at` to the same position in `out`. */
  gradient(z: Float32Array, at: number, out: Float32Array): void;
  /** c if L(z) = <c, z> + a constant on all vectors of zeros and ones; otherwise null. */
  readonly linear: Float64Array | null;
}

/**
 * Builds |z - b|^2, the loss of the paper's synthetic experiments. On zeros and ones it is linear, but its gradient 2
 * (z - b) depends on the state.
 *
 * @example
 * ```ts
 * import { quadraticLoss } from '@aimle/gradient-study';
 *
 * quadraticLoss(Float64Array.of(0.5, 1)).value(Float32Array.of(1, 0), 0); // => 1.25
 * ```
 */
export function quadraticLoss(b: Float64Array): Loss {
  const n = b.length;
  return {
    name: '|z-b|^2',
    linear: b.map((value) => 1 - 2 * value),
    value(z, at) {
      let sum = 0;
      for (let i = 0; i < n; i++) sum += (z[at + i]! - b[i]!) ** 2;
      return sum;
    },
    gradient(z, at, out) {
      for (let i = 0; i < n; i++) out[at + i] = 2 * (z[at + i]! - b[i]!);
    },
  };
}

/**
 * Builds <c, z>. With c = 1 - 2b it equals |z - b|^2 on all states, up to a constant, and its gradient is constant.
 *
 * @example
 * ```ts
 * import { linearLoss } from '@aimle/gradient-study';
 *
 * linearLoss(Float64Array.of(3, 4)).value(Float32Array.of(0, 1), 0); // => 4
 * ```
 */
export function linearLoss(c: Float64Array): Loss {
  const n = c.length;
  return {
    name: '<c,z>',
    linear: c,
    value(z, at) {
      let sum = 0;
      for (let i = 0; i < n; i++) sum += z[at + i]! * c[i]!;
      return sum;
    },
    gradient(_z, at, out) {
      for (let i = 0; i < n; i++) out[at + i] = c[i]!;
    },
  };
}

/**
 * Builds Builds |A z - y|^2, with A stored row by row: a loss in which coordinates interact.
 *
 * @example
 * ```ts
 * import { residualLoss } from '@aimle/gradient-study';
 *
 * residualLoss(Float64Array.of(1, 2), Float64Array.of(5)).value(Float32Array.of(1, 1), 0); // => 4
 * ```
 */
export function residualLoss(a: Float64Array, y: Float64Array): Loss {
  const rows = y.length;
  const n = a.length / rows;
  const remainder = new Float64Array(rows);
  const measure = (z: Float32Array, at: number): number => {
    let squares = 0;
    for (let r = 0; r < rows; r++) {
      let sum = -y[r]!;
      for (let i = 0; i < n; i++) sum += a[r * n + i]! * z[at + i]!;
      remainder[r] = sum;
      squares += sum * sum;
    }
    return squares;
  };
  return {
    name: '|Az-y|^2',
    linear: null,
    value: measure,
    gradient(z, at, out) {
      measure(z, at);
      for (let i = 0; i < n; i++) {
        let sum = 0;
        for (let r = 0; r < rows; r++) sum += a[r * n + i]! * remainder[r]!;
        out[at + i] = 2 * sum;
      }
    },
  };
}

/**
 * Builds <v, tanh(W z + u)>, with W stored row by row: a network with one hidden layer.
 *
 * @example
 * ```ts
 * import { networkLoss } from '@aimle/gradient-study';
 *
 * const loss = networkLoss(Float64Array.of(1, 1), Float64Array.of(-1), Float64Array.of(2));
 * loss.value(Float32Array.of(1, 0), 0); // => 0
 * ```
 */
export function networkLoss(w: Float64Array, u: Float64Array, v: Float64Array): Loss {
  const hidden = u.length;
  const n = w.length / hidden;
  const activity = new Float64Array(hidden);
  const activate = (z: Float32Array, at: number): number => {
    let value = 0;
    for (let r = 0; r < hidden; r++) {
      let sum = u[r]!;
      for (let i = 0; i < n; i++) sum += w[r * n + i]! * z[at + i]!;
      activity[r] = Math.tanh(sum);
      value += v[r]! * activity[r]!;
    }
    return value;
  };
  return {
    name: 'network',
    linear: null,
    value: activate,
    gradient(z, at, out) {
      activate(z, at);
      for (let i = 0; i < n; i++) {
        let sum = 0;
        for (let r = 0; r < hidden; r++) sum += v[r]! * (1 - activity[r]! ** 2) * w[r * n + i]!;
        out[at + i] = sum;
      }
    },
  };
}
