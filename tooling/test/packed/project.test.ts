import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { installedMegabytes } from '../../packed/project.js';

it('what is installed is counted by its owner, in the files of nested packages too', () => {
  const folder = mkdtempSync(join(tmpdir(), 'aimle-installed-'));
  const sizes = {
    'aimle/dist/index.js': 1e3,
    '@aimle/engine/dist/a.js': 2e3,
    '@aimle/engine/node_modules/aimless/a.js': 4e3,
    '@tensorflow/tfjs/dist/tf.js': 8e3,
    'aimless/index.js': 16e3,
  };
  for (const [path, bytes] of Object.entries(sizes)) {
    const file = join(folder, 'node_modules', path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, Buffer.alloc(bytes));
  }
  expect(installedMegabytes(folder)).toEqual({ ours: 0.007, tensorflow: 0.008, others: 0.016 });
});
