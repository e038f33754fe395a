/// <reference types="vite/client" />
import { type EngineName, useEngine } from '@aimle/engine';
import * as tf from '@tensorflow/tfjs';
import { afterAll } from 'vitest';

const name = import.meta.env['VITE_ENGINE'] as EngineName;
if (name === 'webgpu') await import('@tensorflow/tfjs-backend-webgpu');
await useEngine(name, { report: () => {} });

// Each file has its own page, and closed pages keep their GPU: after about ten, a browser gives no more.
afterAll(() => (tf.backend() as { device?: { destroy(): void } }).device?.destroy());
