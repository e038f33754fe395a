/** The scores of every picture of items. */
export const scores = [0.9, -0.4, 1.6, 0.3, 2.1, -0.8, 1.2, 0.6];
