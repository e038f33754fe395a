export { aimle } from './aimle.js';
export { type Ink, processTerminal, type Terminal } from './terminal/terminal.js';
