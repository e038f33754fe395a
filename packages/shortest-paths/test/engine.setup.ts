import { useEngine } from '@aimle/engine';

await useEngine('auto', { report: () => {} });
