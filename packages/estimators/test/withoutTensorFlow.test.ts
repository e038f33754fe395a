import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

/** In a process of its own, because the suite itself loads TensorFlow.js. */
test('a model trains by hand-written gradients, and no TensorFlow.js is loaded', () => {
  const script = fileURLToPath(new URL('trainByHand.ts', import.meta.url));
  const root = fileURLToPath(new URL('../../..', import.meta.url));
  const answer = execFileSync(process.execPath, ['--conditions=@aimle/source', '--import', 'tsx', script], {
    cwd: root,
    encoding: 'utf8',
  });
  expect(JSON.parse(answer)).toEqual({ mode: [0, 0, 1, 1, 0, 0, 0, 0], tensorFlowLoaded: false });
});
