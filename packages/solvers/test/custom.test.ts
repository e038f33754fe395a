import { describe, expect, it } from 'vitest';
import { type CustomOptions, custom } from '../src/index.js';

const base = { size: 3, kappa: 1 };

function solve(
  options: Partial<CustomOptions>,
  theta: readonly number[],
  context?: Record<string, number[]>,
) {
  const z = new Float32Array(theta.length);
  const solver = custom({ ...base, solve: () => [0, 0, 0], ...options });
  solver.solve(Float32Array.from(theta), z, theta.length / 3, context);
  return Array.from(z);
}

describe('custom', () => {
  it('gives each call one instance and its part of the context', () => {
    const seen: unknown[] = [];
    solve(
      {
        solve(theta, context) {
          seen.push([Array.from(theta), Array.from(context['place']!), Array.from(context['budget']!)]);
          return [0, 0, 1];
        },
      },
      [1, 2, 3, 4, 5, 6],
      { place: [10, 11, 12, 13], budget: [7, 8] },
    );
    expect(seen).toEqual([
      [[1, 2, 3], [10, 11], [7]],
      [[4, 5, 6], [12, 13], [8]],
    ]);
  });

  it('lets states be any finite numbers where they are not binary', () => {
    expect(solve({ binary: false, solve: (theta) => theta.map((x) => x / 2) }, [1, 2, 3])).toEqual([
      0.5, 1, 1.5,
    ]);
  });

  it('keeps the theta of the caller from a function that writes to it', () => {
    const theta = Float32Array.of(1, 2, 3);
    const solver = custom({ ...base, solve: (scores) => scores.fill(0) });
    solver.solve(theta, new Float32Array(3), 1);
    expect(Array.from(theta)).toEqual([1, 2, 3]);
  });

  it('says what is wrong with an answer, and in which instance', () => {
    const answering = (...answers: unknown[]) => {
      let call = 0;
      return () => solve({ solve: () => answers[call++] as number[] }, [1, 2, 3, 4, 5, 6]);
    };
    const right = [0, 1, 0];
    expect(answering(right, [1, 0])).toThrow(
      'custom: the function must return 3 numbers, got 2 in instance 1',
    );
    expect(answering(undefined)).toThrow('must return 3 numbers, got undefined in instance 0');
    expect(answering(right, null)).toThrow('must return 3 numbers, got null in instance 1');
    expect(answering(Promise.resolve(right))).toThrow(
      'got a promise (solve is synchronous: await what it needs beforehand) in instance 0',
    );
    expect(answering(right, [0, 0.5, 0])).toThrow(
      /^custom: the function must return zeros and ones .*binary: false.*, got 0.5 at element 1 in instance 1/,
    );
    expect(answering([NaN, 0, 0])).toThrow('got NaN at element 0 in instance 0');
    expect(() => solve({ binary: false, solve: () => [0, 0, Infinity] }, [1, 2, 3])).toThrow(
      'must return finite numbers, got Infinity at element 2 in instance 0',
    );
  });

  it('names the instance in which the function failed, and keeps what was thrown', () => {
    const cause = new Error('no path');
    let call = 0;
    const failing = () =>
      solve(
        {
          name: 'maze',
          solve() {
            if (call++ === 1) throw cause;
            return [0, 0, 1];
          },
        },
        [1, 2, 3, 4, 5, 6],
      );
    expect(failing).toThrow(
      expect.objectContaining({
        name: 'RangeError',
        message: 'maze: the function failed in instance 1: no path',
        cause,
      }),
    );
    expect(() =>
      solve(
        {
          solve() {
            throw 'a string';
          },
        },
        [1, 2, 3],
      ),
    ).toThrow('custom: the function failed in instance 0: a string');
  });

  it('refuses a context that cannot be divided among the instances', () => {
    expect(() => solve({}, [1, 2, 3, 4, 5, 6], { place: [1, 2, 3] })).toThrow(
      'custom: context.place must have as many numbers for each of 2 instances, got 3',
    );
  });

  it('refuses options that are out of range', () => {
    const right = { ...base, solve: () => [0, 0, 0] };
    expect(() => custom({ ...right, size: 0 })).toThrow(
      'custom: size must be an integer in [1, 2147483647], got 0',
    );
    expect(() => custom({ ...right, kappa: 0 })).toThrow('custom: kappa must be a positive number, got 0');
    expect(() => custom({ ...right, kappa: NaN })).toThrow('got NaN');
    expect(() => custom({ ...right, solve: 'fast' as never })).toThrow(
      'custom: solve must be a function of theta and context, got fast',
    );
  });
});
