import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { history } from '../src/live/history.js';
import type { Learner, Reply, Request } from '../src/live/protocol.js';
import { type Port, serve } from '../src/live/serve.js';

type In = Request<{ readonly from: number }, string>;
type Out = Reply<number, string>;

/** A page that counts its messages, without a worker. */
function page(start: (engine: string) => Promise<string> = async (engine) => engine) {
  let deliver: (event: { readonly data: In }) => void = () => {};
  let milliseconds = 0;
  const received: Out[] = [];
  const disposed: number[] = [];
  const port: Port<In, Out> = {
    addEventListener: (_, listener) => {
      deliver = listener;
    },
    postMessage: (message) => void received.push(message),
  };
  serve<{ readonly from: number }, number, string, string>(port, {
    start,
    create: ({ from }): Learner<number, string, string> => {
      let count = from;
      return {
        step() {
          if (count === 1000 && from === 998) throw new Error('step 1000 fails');
          count += 1;
        },
        report: () => count,
        answer: (question) => `${question} ${count}`,
        dispose: () => void disposed.push(count),
      };
    },
    // A clock that goes on by a millisecond whenever it is read.
    now: () => ++milliseconds,
  });
  const last = (): Out | undefined => received.at(-1);
  return { send: (data: In) => deliver({ data }), received, disposed, last };
}

const start: In = { kind: 'start', engine: 'cpu', options: { from: 5 } };

/** Runs everything that is due within a second, immediately. */
const aSecond = () => vi.advanceTimersByTimeAsync(1000);

describe('training in a worker', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test('a started learner reports at once and does not train before the request', async () => {
    const { send, received } = page();
    send(start);
    await aSecond();
    expect(received).toEqual([
      { kind: 'ready', engine: 'cpu', progress: { steps: 0, stepsPerSecond: 0, report: 5 } },
    ]);
  });

  test('it trains until it is paused, and counts its steps', async () => {
    const { send, last, received } = page();
    send(start);
    send({ kind: 'run', running: true });
    await aSecond();
    expect(last()?.kind).toBe('progress');
    send({ kind: 'run', running: false });
    await aSecond();
    const paused = last();
    await aSecond();
    expect(last()).toBe(paused);
    if (paused?.kind !== 'progress') throw new Error('it must have reported');
    expect(paused.progress.steps).toBeGreaterThan(0);
    expect(paused.progress.report).toBe(5 + paused.progress.steps);
    expect(paused.progress.stepsPerSecond).toBeGreaterThan(0);
    expect(received.some(({ kind }) => kind === 'failed')).toBe(false);
  });

  test('a question asked while the engine loads is answered when there is a learner', async () => {
    const { send, received } = page();
    send(start);
    send({ kind: 'ask', id: 7, question: 'how far' });
    await aSecond();
    expect(received).toHaveLength(2);
    expect(received[1]).toEqual({ kind: 'answer', id: 7, answer: 'how far 5' });
  });

  test('starting over frees the learner, and of two starts the last one wins', async () => {
    const open: (() => void)[] = [];
    const { send, received, disposed } = page(
      (engine) => new Promise((resolve) => open.push(() => resolve(engine))),
    );
    send(start);
    send({ ...start, options: { from: 70 } });
    for (const each of open) each();
    expect(open).toHaveLength(2);
    await aSecond();
    expect(received).toHaveLength(1);
    expect(received[0]).toMatchObject({ kind: 'ready', progress: { report: 70 } });
    send(start);
    expect(disposed).toEqual([70]);
  });

  test('an engine that cannot start, and a step that fails, are reported', async () => {
    const absent = page(() => Promise.reject(new Error('webgl is not usable')));
    absent.send(start);
    await aSecond();
    expect(absent.last()).toEqual({ kind: 'failed', message: 'webgl is not usable' });
    const breaking = page();
    breaking.send({ ...start, options: { from: 998 } });
    breaking.send({ kind: 'run', running: true });
    await aSecond();
    expect(breaking.last()).toEqual({ kind: 'failed', message: 'step 1000 fails' });
  });
});

describe('history', () => {
  test('a long one keeps its first and its last point and half as many in between', () => {
    const kept = history(8);
    for (let step = 0; step < 100; step++) kept.add(step, 2 * step);
    expect(kept.points.length).toBeLessThan(9);
    expect(kept.points.length).toBeGreaterThan(3);
    expect(kept.points[0]).toEqual([0, 0]);
    expect(kept.points.at(-1)).toEqual([99, 198]);
    expect(
      kept.points.every(([step, value], i, all) => value === 2 * step && step > (all[i - 1]?.[0] ?? -1)),
    ).toBe(true);
  });

  test('a cleared one is empty, and a step back begins anew', () => {
    const kept = history();
    kept.add(7, 1);
    kept.add(2, 3);
    expect(kept.points).toEqual([[2, 3]]);
    kept.clear();
    expect(kept.points).toEqual([]);
  });
});
