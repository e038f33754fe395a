export { aimle } from './aimle.js';
export type { Ink } from './terminal/ink.js';
export { processTerminal, type Terminal } from './terminal/terminal.js';
