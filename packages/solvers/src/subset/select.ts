/** Marks the chosen items of each row: the signature that the selection algorithms share. */
export type Select = (theta: Float32Array, z: Float32Array, rows: number) => void;
