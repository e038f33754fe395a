import { describe, expect, it } from 'vitest';
import type { Contender } from '../../speed/contender.js';
import { inTurn, median } from '../../speed/inTurn.js';
import { comparisonTable } from '../../speed/table.js';

/** Contenders that take the given milliseconds, round by round; and the order in which they were asked. */
function scripted(times: Readonly<Record<string, readonly (number | null)[]>>) {
  const order: string[] = [];
  const contenders = Object.entries(times).map(([label, ms]): Contender => {
    let round = 0;
    return {
      label,
      measure() {
        order.push(label);
        const taken = ms[round++]!;
        return taken === null ? null : { ms: taken, memory_mb: 100 * round, on: `${label} 1.0` };
      },
    };
  });
  return { order, pair: contenders as unknown as readonly [Contender, Contender] };
}

describe('contenders in turn', () => {
  it('alternate in who is first', () => {
    const { order, pair } = scripted({ a: [1, 1, 1], b: [1, 1, 1] });
    inTurn('op/x', pair, 3);
    expect(order.join('')).toBe('abbaab');
  });

  it('get medians of the rounds, and the median of the ratios of each round', () => {
    // A machine twice as busy in the last round changes times and not ratios.
    const { pair } = scripted({ a: [10, 30, 24], b: [5, 10, 12] });
    expect(inTurn('op/x', pair, 3)).toEqual({
      subject: 'op/x',
      ms: [24, 10],
      memory_mb: [200, 200],
      ratio: 2,
      range: [2, 3],
      on: ['a 1.0', 'b 1.0'],
    });
  });

  it('have no ratio where one of them lacks the case', () => {
    const { pair } = scripted({ a: [null, null], b: [4, 6] });
    expect(inTurn('op/x', pair, 2)).toMatchObject({
      ms: [null, 5],
      ratio: null,
      range: null,
      on: [null, 'b 1.0'],
    });
  });

  it.each([
    [[], null],
    [[3], 3],
    [[9, 1, 4], 4],
    [[1, 10, 2, 4], 3],
  ])('the median of %j is %j', (values, expected) => {
    expect(median(values)).toBe(expected);
  });
});

describe('the table', () => {
  const comparisons = [
    inTurn('op/x', scripted({ a: [1234.5], b: [0.61725] }).pair, 1),
    inTurn('op/new', scripted({ a: [null], b: [4] }).pair, 1),
  ];

  it('is Markdown on request', () => {
    const lines = comparisonTable(['a', 'b'], comparisons, 'markdown').split('\n');
    expect(lines[0]).toBe('| case | a, ms | b, ms | ratio | range | a, MB | b, MB |');
    expect(lines[2]).toBe('| `op/x` | 1,230 | 0.617 | 2,000 | 2,000 to 2,000 | 100 | 100 |');
    expect(lines[3]).toBe('| `op/new` | – | 4 | – | – | – | 100 |');
  });

  it('is otherwise in columns of one width', () => {
    const lines = comparisonTable(['a', 'b'], comparisons, 'text').split('\n');
    expect(lines[1]).toMatch(/^op\/x +1,230 +0\.617 +2,000 +2,000 to 2,000 +100 +100$/);
    expect(new Set(lines.map((line) => line.length)).size).toBe(1);
  });
});
