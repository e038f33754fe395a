/** Throws when theta holds a NaN, and says where. Infinities pass: they are masks. */
export function refuseTheta(name: string, theta: Float32Array, size: number): void {
  // The sum of finite numbers and like-signed infinities is not NaN: the common case costs one cheap pass.
  if (!Number.isNaN(sumOf(theta))) return;
  const at = theta.findIndex(Number.isNaN);
  if (at < 0) return;
  throw new RangeError(
    `${name}: theta must not be NaN, got NaN in row ${Math.floor(at / size)}, element ${at % size}. ` +
      'Look for a division by zero or an exploding weight.',
  );
}

/** Throws when the gradient in z has the wrong length, or holds a NaN or an infinity. */
export function refuseGradient(name: string, gradient: Float32Array, length: number, size: number): void {
  if (gradient.length !== length) {
    throw new RangeError(
      `${name}: the gradient in z must have as many numbers as z, ${length}, got ${gradient.length}`,
    );
  }
  if (Number.isFinite(sumOf(gradient))) return;
  const at = gradient.findIndex((value) => !Number.isFinite(value));
  if (at < 0) return;
  throw new RangeError(
    `${name}: the gradient of the loss in z must be finite, got ${gradient[at]} in row ${Math.floor(at / size)}, ` +
      `element ${at % size}. Is the loss finite?`,
  );
}

/** The error of a theta that a device refused, told by a later call. */
export function thetaError(name: string, element: number, size: number, finite: boolean): RangeError {
  return new RangeError(
    `${name}: theta must ${finite ? 'be finite' : 'not be NaN'}, got ${finite ? 'NaN or an infinity' : 'NaN'} in row ` +
      `${Math.floor(element / size)}, element ${element % size}, of an earlier call. ` +
      'Look for a division by zero or an exploding weight.',
  );
}

/** The error of a gradient in z that a device refused, told by a later call. */
export function gradientError(name: string, element: number, size: number): RangeError {
  return new RangeError(
    `${name}: the gradient of the loss in z must be finite, got NaN or an infinity in row ${Math.floor(element / size)}, ` +
      `element ${element % size}, of an earlier call. Is the loss finite?`,
  );
}

/** Share of elements that are exactly zero. */
export function zeroShare(gradient: Float32Array): number {
  let zeros = 0;
  for (let i = 0; i < gradient.length; i++) if (gradient[i] === 0) zeros++;
  return zeros / Math.max(gradient.length, 1);
}

/** Four sums, since each addition waits for the one before; their order does not matter here. */
function sumOf(values: Float32Array): number {
  const whole = values.length - (values.length % 4);
  let [a, b, c, d] = [0, 0, 0, 0];
  for (let i = 0; i < whole; i += 4) {
    a += values[i]!;
    b += values[i + 1]!;
    c += values[i + 2]!;
    d += values[i + 3]!;
  }
  for (let i = whole; i < values.length; i++) a += values[i]!;
  return a + b + c + d;
}
