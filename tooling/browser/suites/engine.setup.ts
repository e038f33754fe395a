/// <reference types="vite/client" />
import { type EngineName, useEngine } from '@aimle/engine';

const name = import.meta.env['VITE_ENGINE'] as EngineName;
if (name === 'webgpu') await import('@tensorflow/tfjs-backend-webgpu');
await useEngine(name, { report: () => {} });
