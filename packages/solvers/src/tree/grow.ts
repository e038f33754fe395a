/** Marks the best tree of one instance in a z that holds zeros: the signature that the tree algorithms share. */
export type Grow = (theta: Float32Array, z: Float32Array, row: number) => void;
