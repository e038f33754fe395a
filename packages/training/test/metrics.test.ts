import { describe, expect, it } from 'vitest';
import { memoryStore, readMetrics } from '../src/index.js';
import { openMetricsFile } from '../src/metrics/metrics.js';

const encode = (text: string) => new TextEncoder().encode(text);
const line = (step: number) => ({ kind: 'step', step, epoch: 1, loss: 0.5, seconds: 0 }) as const;
const text = (...steps: number[]) => steps.map((step) => `${JSON.stringify(line(step))}\n`).join('');

async function contentsAfter(before: string, at: number): Promise<string> {
  const store = memoryStore('scratch');
  await store.write('metrics.jsonl', encode(before));
  const log = await openMetricsFile(store, at);
  log.append(line(9));
  await log.sync();
  const bytes = (await store.read('metrics.jsonl'))!;
  expect(log.length).toBe(bytes.length);
  return new TextDecoder().decode(bytes);
}

describe('metrics.jsonl', () => {
  it('is cut off behind the checkpoint, and continues there', async () => {
    expect(await contentsAfter(text(1, 2, 3), text(1, 2).length)).toBe(text(1, 2, 9));
  });

  it('loses a torn last line', async () => {
    const torn = text(1, 2).slice(0, -5);
    expect(await contentsAfter(torn, torn.length)).toBe(text(1, 9));
  });

  it('loses the line that the cut would go through', async () => {
    expect(await contentsAfter(text(1, 2, 3), text(1, 2).length - 4)).toBe(text(1, 9));
  });

  it('continues at its end when lines were lost', async () => {
    expect(await contentsAfter(text(1), 1000)).toBe(text(1, 9));
  });

  it('begins empty', async () => {
    expect(await contentsAfter(text(1, 2), 0)).toBe(text(9));
  });

  it('reads every whole line, wherever the file was torn', () => {
    const bytes = encode(text(1, 2));
    for (let length = 0; length <= bytes.length; length++) {
      const whole = length < text(1).length ? [] : length < bytes.length ? [line(1)] : [line(1), line(2)];
      expect(readMetrics(bytes.subarray(0, length)), `torn at ${length}`).toEqual(whole);
    }
  });

  it('names the line that is not JSON', () => {
    expect(() => readMetrics(encode(`${text(1)}oops\n${text(2)}`))).toThrow(
      'metrics.jsonl: line 2 is not JSON: oops',
    );
  });
});
