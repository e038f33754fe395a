import { currentEngine, type EngineReport, engineLine, inspectEngines, useEngine } from '@aimle/engine';
import { kernels, useKernels } from '@aimle/kernels';
import * as tf from '@tensorflow/tfjs';
import { afterEach, describe, expect, test, vi } from 'vitest';

const underTest = process.env.AIMLE_ENGINE;
const silence = { report: () => {} };

afterEach(async () => {
  vi.unstubAllEnvs();
  await useEngine('auto', silence);
});

describe('useEngine', () => {
  test('honours AIMLE_ENGINE and proves the engine before it is used', () => {
    const report = currentEngine();
    expect(report.name).toBe(underTest);
    expect(report.backend).toBe(tf.getBackend());
    expect(report.selfTest.length).toBeGreaterThan(5);
    for (const { name, passed, error, tolerance } of report.selfTest) {
      expect({ name, passed }).toEqual({ name, passed: true });
      expect(error).toBeLessThanOrEqual(tolerance);
    }
    expect(report.shims.includes('BatchMatMul')).toBe(underTest === 'wasm');
  });

  test('says one line, and nothing when the engine is in use already', async () => {
    const lines: string[] = [];
    const report = (line: string) => lines.push(line);
    await useEngine('cpu', { report });
    await useEngine('cpu', { report });
    expect(lines.length).toBe(underTest === 'cpu' ? 0 : 1);
    await useEngine('wasm', { report });
    expect(lines.at(-1)).toMatch(
      /^engine: wasm 4\.22\.0, 1 thread, \d+ shims, self-test passed \(\d+ checks\)$/,
    );
  });

  test('loads the kernels, unless the environment forbids them', async () => {
    await useKernels(false);
    await useEngine('auto', silence);
    expect(kernels() !== null).toBe(process.env['AIMLE_KERNELS'] !== 'off');
  });

  test.skipIf(kernels() === null)('gives the kernels as many threads as it is asked for', async () => {
    const { threads } = kernels()!;
    await useEngine('auto', { ...silence, threads: 3 });
    await useEngine('auto', silence);
    expect(kernels()!.threads).toBe(3);
    await useEngine('auto', { ...silence, threads });
  });

  test('switches back when the backend was changed', async () => {
    await useEngine('wasm', silence);
    await tf.setBackend('cpu');
    await useEngine('wasm', silence);
    expect(tf.getBackend()).toBe('wasm');
  });

  test('serves calls at the same time in their order', async () => {
    const names = await Promise.all(
      (['cpu', 'wasm', 'cpu'] as const).map((name) => useEngine(name, silence)),
    );
    expect(names.map(({ name }) => name)).toEqual(['cpu', 'wasm', 'cpu']);
    expect(tf.getBackend()).toBe('cpu');
  });

  test('refuses an engine that is not usable, with the reason, and starts no other', async () => {
    const before = tf.getBackend();
    await expect(useEngine('webgl')).rejects.toThrow(
      'useEngine: webgl is not usable: it runs in browsers only',
    );
    expect(tf.getBackend()).toBe(before);
    expect(currentEngine().backend).toBe(before);
  });

  test('refuses names that it does not know', async () => {
    await expect(useEngine('gpu' as 'cpu')).rejects.toThrow(
      'useEngine: the engine must be one of auto, native, wasm, webgl, webgpu, cpu, got "gpu"',
    );
    vi.stubEnv('AIMLE_ENGINE', 'fastest');
    await expect(useEngine()).rejects.toThrow(/^AIMLE_ENGINE must be one of auto, .*, got "fastest"/);
  });

  test('auto goes on to the next engine and says why', async () => {
    vi.stubEnv('AIMLE_ENGINE', '');
    vi.resetModules();
    const { candidates } = await import('../src/selection/candidates.js');
    const fresh = await import('../src/selection/useEngine.js');
    for (const name of ['native', 'wasm'] as const) {
      vi.spyOn(candidates[name], 'load').mockRejectedValue(new Error(`no ${name} today`));
    }
    const lines: string[] = [];
    const report = await fresh.useEngine('auto', { report: (line) => lines.push(line) });
    expect(report.name).toBe('cpu');
    expect(report.skipped.map(({ reason }) => reason)).toEqual(['no native today', 'no wasm today']);
    expect(lines.join()).toMatch(/WARNING.*native is not usable: no native today\. wasm is not usable/);
    await expect(fresh.useEngine('wasm')).rejects.toThrow('useEngine: wasm is not usable: no wasm today');
  });
});

describe('engineLine', () => {
  const report: EngineReport = {
    name: 'wasm',
    usable: true,
    backend: 'wasm',
    version: '4.22.0',
    threads: 1,
    shims: ['Tile'],
    selfTest: [{ name: 'one', passed: true, error: 0, tolerance: 1 }],
    skipped: [{ name: 'native', reason: 'nothing is installed', remedy: 'aimle engine install native' }],
  };

  test('names the faster engine, the reason and the command', () => {
    expect(engineLine(report)).toBe(
      'engine: wasm 4.22.0, 1 thread, 1 shims, self-test passed (1 checks). ' +
        'native is not usable: nothing is installed; to get it: aimle engine install native',
    );
  });

  test('warns of pure JavaScript', () => {
    expect(engineLine({ ...report, name: 'cpu', shims: [], skipped: [] })).toContain('WARNING');
  });

  test('says why an engine is not usable', () => {
    expect(engineLine({ ...report, usable: false, reason: 'of reasons' })).toBe(
      'engine: wasm is not usable: of reasons',
    );
  });
});

test('inspectEngines reports every engine and leaves the one in use', async () => {
  const before = tf.getBackend();
  const reports = await inspectEngines();
  expect(reports.map(({ name }) => name)).toEqual(['native', 'wasm', 'webgl', 'webgpu', 'cpu']);
  expect(reports.filter(({ usable }) => usable).map(({ name }) => name)).toEqual(
    expect.arrayContaining(['wasm', 'cpu']),
  );
  for (const { usable, reason } of reports) expect(usable || reason).toBeTruthy();
  expect(tf.getBackend()).toBe(before);
});

test.runIf(underTest === 'wasm')(
  'an engine that computes wrongly is not used, and the report says what is wrong',
  async () => {
    const stock = tf.getKernel('UnsortedSegmentSum', 'wasm');
    tf.unregisterKernel('UnsortedSegmentSum', 'wasm');
    const { selfTest } = await import('../src/selection/selfTest.js');
    const missing = selfTest().filter(({ passed }) => !passed);
    tf.registerKernel({
      ...stock,
      kernelFunc: (call) => stock.kernelFunc({ ...call, attrs: { numSegments: 2 } }),
    });
    const wrong = selfTest().filter(({ passed }) => !passed);
    tf.unregisterKernel('UnsortedSegmentSum', 'wasm');
    tf.registerKernel(stock);
    expect(missing.map(({ name }) => name)).toEqual(['gather, gradient']);
    expect(missing[0]?.problem).toContain('UnsortedSegmentSum');
    expect(wrong.map(({ name }) => name)).toEqual(['gather, gradient']);
    expect(selfTest().every(({ passed }) => passed)).toBe(true);
  },
);
