import { useEngine } from '@aimle/engine';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Code, distance, pressed } from '../src/playgrounds/digits/code.js';
import { CODE, DigitsModel } from '../src/playgrounds/digits/model.js';
import { drawn, SIDE } from '../src/playgrounds/digits/pad.js';

describe('pressing a bit', () => {
  const code: Code = {
    rows: 2,
    width: 4,
    bits: Uint8Array.of(1, 1, 0, 0, 0, 0, 1, 1),
    scores: Float32Array.of(3, 2, 1, 0, 0, 1, 2, 3),
  };

  test('turns it on and turns off the worst of its row', () => {
    expect([...pressed(code, 3).bits]).toEqual([1, 0, 0, 1, 0, 0, 1, 1]);
  });

  test('turns it off and turns on the best of its row', () => {
    expect([...pressed(code, 7).bits]).toEqual([1, 1, 0, 0, 0, 1, 1, 0]);
  });

  test('any bit keeps as many on in its row, touches no other row, and is undone by pressing again', () => {
    for (let at = 0; at < code.bits.length; at++) {
      const next = pressed(code, at);
      expect(next.bits[at]).toBe(1 - code.bits[at]!);
      expect(distance(code, next)).toBe(2);
      for (const row of [0, 4]) {
        expect(next.bits.slice(row, row + 4).reduce((sum, bit) => sum + bit)).toBe(2);
      }
      expect([...pressed(next, at).bits]).toEqual([...code.bits]);
    }
  });
});

describe('a drawing', () => {
  const stroke = [
    { x: 0.2, y: 0.1 },
    { x: 0.3, y: 0.5 },
    { x: 0.2, y: 0.9 },
  ];
  const centre = (pixels: Float32Array): number[] => {
    let [sum, right, down] = [0, 0, 0];
    pixels.forEach((ink, at) => {
      sum += ink;
      right += ink * ((at % SIDE) + 0.5);
      down += ink * (Math.floor(at / SIDE) + 0.5);
    });
    return [right / sum, down / sum];
  };

  test('is the same wherever and however large it was drawn', () => {
    const small = stroke.map(({ x, y }) => ({ x: 0.5 + 0.25 * x, y: 0.25 * y }));
    const [one, other] = [drawn([stroke]), drawn([small])];
    one.forEach((ink, at) => {
      expect(other[at]).toBeCloseTo(ink, 5);
    });
    expect(Math.max(...one)).toBe(1);
    expect(centre(one)[1]).toBeCloseTo(SIDE / 2, 1);
  });

  test('without strokes is blank, and a point is a dot in the middle', () => {
    expect(drawn([]).every((ink) => ink === 0)).toBe(true);
    const dot = drawn([[{ x: 0.9, y: 0.1 }]]);
    expect(centre(dot)[0]).toBeCloseTo(SIDE / 2, 5);
    expect(dot.reduce((sum, ink) => sum + ink)).toBeLessThan(12);
  });
});

describe('the model of digits', () => {
  beforeAll(() => useEngine('wasm', { report: () => {} }));

  test('learns: after thirty steps the loss is a fifth lower', () => {
    const model = new DigitsModel({ seed: 1 });
    model.step();
    const first = model.report().loss!;
    for (let step = 0; step < 30; step++) model.step();
    expect(model.report().loss!).toBeLessThan(0.8 * first);
    expect(model.report().lambda).toBeGreaterThan(0);
    model.dispose();
  });

  test('codes have as many bits on in each row as they should, and decode alike from the page', () => {
    const model = new DigitsModel({ seed: 2 });
    const { seen, rebuilt } = model.report();
    const pixels = seen.slice(0, SIDE * SIDE);
    const { code, pixels: own } = model.answer({ kind: 'encode', pixels });
    for (let row = 0; row < CODE.rows; row++) {
      const bits = code!.bits.slice(row * CODE.width, (row + 1) * CODE.width);
      expect(bits.reduce((sum, bit) => sum + bit)).toBe(CODE.on);
    }
    const again = model.answer({ kind: 'decode', bits: code!.bits }).pixels;
    own.forEach((ink, at) => {
      expect(again[at]).toBeCloseTo(ink, 5);
      expect(rebuilt[at]).toBeCloseTo(ink, 5);
    });
    const edited = pressed(code!, 0);
    const other = model.answer({ kind: 'decode', bits: edited.bits }).pixels;
    expect(other.some((ink, at) => Math.abs(ink - own[at]!) > 1e-3)).toBe(true);
    model.dispose();
  });

  test('leaves no tensor behind', () => {
    const before = tf.memory().numTensors;
    const model = new DigitsModel({ seed: 3 });
    model.step();
    model.report();
    model.answer({ kind: 'decode', bits: new Uint8Array(CODE.rows * CODE.width) });
    model.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});
