import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import { startEngine } from '../src/selection/startEngine.js';
import { HeldTicks } from '../src/webgpu/heldTicks.js';
import { type Buffer, nodeBackendOf, type WebgpuBackendClass } from '../src/webgpu/nodeBackend.js';

/** Work that is done after some ticks, each asked for by the one before, as Dawn's is. */
function work(ticks: number, done: () => void): void {
  setImmediate(() => (ticks === 0 ? done() : work(ticks - 1, done)));
}

const stock = globalThis.setImmediate;

/** Lets the event loop turn often enough for all that was asked of it, however long that takes. */
async function afterTurns(): Promise<void> {
  for (let i = 0; i < 20; i++) await new Promise<void>((resolve) => stock(resolve));
}

describe('held ticks', () => {
  test('run at once where code waits, each once, and in their turn otherwise', async () => {
    const held = new HeldTicks();
    let done = 0;
    held.during(() => work(3, () => done++));
    expect(globalThis.setImmediate).toBe(stock);
    let runs = 0;
    while (held.run()) runs++;
    expect({ done, runs }).toEqual({ done: 1, runs: 3 });
    expect(held.run()).toBe(false);
    held.during(() => work(3, () => done++));
    expect(done).toBe(1);
    await afterTurns();
    expect(done).toBe(2);
    expect(globalThis.setImmediate).toBe(stock);
  });

  test('ask for one turn, however many are run without any', async () => {
    let turns = 0;
    globalThis.setImmediate = ((tick: () => void) => {
      turns++;
      return stock(tick);
    }) as typeof stock;
    try {
      const held = new HeldTicks();
      let done = 0;
      for (let i = 0; i < 20; i++) {
        held.during(() => work(100, () => done++));
        while (held.run());
      }
      expect({ done, turns }).toEqual({ done: 20, turns: 1 });
      held.during(() => work(2, () => done++));
      await afterTurns();
      expect(done).toBe(21);
      expect(turns).toBeLessThanOrEqual(4);
    } finally {
      globalThis.setImmediate = stock;
    }
  });

  test('leave setImmediate as it was when what is called throws', () => {
    const fails = () => {
      throw new Error('no');
    };
    expect(() => new HeldTicks().during(fails)).toThrow('no');
    expect(globalThis.setImmediate).toBe(stock);
  });
});

/** A backend whose buffers take some ticks to be mapped, or are lost on the way. */
function fakeBackend(end: 'mapped' | 'unmapped', held: HeldTicks) {
  const stored = new Float32Array([1.5, -2]);
  const resource = { size: 8 } as Buffer;
  let copied: readonly unknown[] = [];
  const released: Buffer[] = [];
  const staging = {
    size: 8,
    mapState: 'unmapped' as Buffer['mapState'],
    mapAsync() {
      this.mapState = 'pending';
      return new Promise<void>((resolve, reject) => {
        work(2, () => {
          this.mapState = end;
          if (end === 'mapped') resolve();
          else reject(new Error('lost'));
        });
      });
    },
    getMappedRange: () => stored.buffer,
    unmap() {
      this.mapState = 'unmapped';
    },
  };
  class Stock {
    tensorMap = new Map<object, object>();
    bufferManager = {
      acquireBuffer: () => staging,
      releaseBuffer: (buffer: Buffer) => released.push(buffer),
    };
    commandEncoder = {
      copyBufferToBuffer: (...words: unknown[]) => {
        copied = words;
      },
    };
    ensureCommandEncoderReady() {}
    endComputePassEncoder() {}
    submitQueue() {}
  }
  const Backend = nodeBackendOf(tf, Stock as unknown as WebgpuBackendClass, held);
  const backend = new Backend({}, {});
  const data = { dtype: 'float32', values: null, resource };
  const id = {};
  (backend.tensorMap as unknown as Map<object, object>).set(id, data);
  return { read: () => backend.readSync(id), data, released, staging, copied: () => copied };
}

describe('reading without waiting', () => {
  test('copies a buffer of the GPU, keeps its values, and gives back what it borrowed', () => {
    const { read, data, released, staging, copied } = fakeBackend('mapped', new HeldTicks());
    expect(read()).toEqual(new Float32Array([1.5, -2]));
    expect(copied()).toEqual([data.resource, 0, staging, 0, 8]);
    expect(data.values).toEqual(new Float32Array([1.5, -2]));
    expect(released).toEqual([staging]);
    expect(staging.mapState).toBe('unmapped');
    expect(read()).toBe(data.values);
  });

  test('says that the device is lost, or that another read is under way', () => {
    expect(fakeBackend('unmapped', new HeldTicks()).read).toThrow(
      'webgpu: values cannot be read from the GPU: the device is lost',
    );
    const deaf = new HeldTicks();
    deaf.during = (call) => call();
    expect(fakeBackend('mapped', deaf).read).toThrow('another read is under way; await it first');
  });
});

const before = tf.getBackend();
const report = await startEngine('webgpu', {});
await tf.setBackend(before);

test('webgpu says what it lacks, or what it runs on', () => {
  if (report.usable) expect(report.device).toMatch(/\w/);
  else {
    expect(report.reason).toMatch(
      /^the package .* is not installed$|^the package webgpu does not load|^no GPU was found/,
    );
    expect(report.remedy).toMatch(/npm install webgpu @tensorflow\/tfjs-backend-webgpu|driver/);
  }
});

describe.runIf(report.usable)('webgpu in Node (skipped without the package webgpu or a GPU)', () => {
  test('computes what the engine under test computes, and reads it with and without waiting', async () => {
    const compute = () => {
      const x = tf.linspace(-2, 2, 4000).reshape([50, 80]);
      return tf.tidy(() => tf.matMul(tf.elu(x), x, false, true).sum(0));
    };
    const expected = compute().dataSync();
    await tf.setBackend('webgpu');
    try {
      const result = compute();
      const values = result.dataSync();
      for (let i = 0; i < 50; i++) expect(Math.abs(values[i]! / expected[i]! - 1)).toBeLessThan(1e-3);
      expect(await compute().data()).toEqual(values);
    } finally {
      await tf.setBackend(before);
    }
  });
});
