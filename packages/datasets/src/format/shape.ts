/** Computes the number of elements of a shape; 1 for a scalar, whose shape is empty. */
export function elementsIn(shape: readonly number[]): number {
  return shape.reduce((product, side) => product * side, 1);
}

export function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

export function isShape(shape: readonly unknown[]): shape is number[] {
  return shape.every(isCount) && Number.isSafeInteger(elementsIn(shape));
}

/** Checks the data that a caller wants written against its shape. */
export function checkShape(what: string, shape: readonly number[], length: number): void {
  if (!isShape(shape)) {
    throw new RangeError(`${what}: shape must hold integers of at least 0, got [${shape.join(', ')}]`);
  }
  if (elementsIn(shape) !== length) {
    throw new RangeError(
      `${what}: data must have the ${elementsIn(shape)} elements of shape [${shape.join(', ')}], got ${length}`,
    );
  }
}
