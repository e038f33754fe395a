import { expect, test } from 'vitest';
import { htmlOf } from '../generate/figures/figure.js';
import { bars } from '../src/canvas/bars.js';

test('a figure has a description for screen readers, and no empty line, which would end it', () => {
  const drawings = [
    { width: 10, height: 5, shapes: ['<g/>'] },
    { x: {}, y: {}, series: [{ label: 's', points: [[0, 1] as const] }] },
  ];
  for (const drawn of drawings) {
    const html = htmlOf({ name: 'f', label: 'a < "b"', drawn, caption: '{c}' });
    expect(html).toContain('role="img" aria-label="a &lt; &quot;b&quot;"');
    expect(html).toContain('&#123;c}');
    expect(html).not.toMatch(/\n\s*\n/);
  }
});

test('groups of bars are named below', () => {
  const drawn = bars(['a', 'b'], {}, [{ label: 's', values: [1, 2] }]);
  const html = htmlOf({ name: 'f', label: '', drawn, caption: '' });
  expect(html).toMatch(/>a<\/text>.*>b<\/text>/);
  expect(html.match(/<rect stroke/g)).toHaveLength(2);
});
