import { report, train } from './attempts.js';

// No threads: esbuild leaves a worker's file where it is, so that its users have to build it themselves.
await report({ 'esbuild, wasm': () => train('wasm'), 'esbuild, webgl': () => train('webgl') });
