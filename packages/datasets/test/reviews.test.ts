import { mkdtemp, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { key } from '@aimle/random';
import { beforeEach, describe, expect, test } from 'vitest';
import {
  catalogue,
  FormatError,
  readAnnotations,
  readCsv,
  readReviews,
  readScoredTexts,
  readVectorTable,
  readWordVectors,
  syntheticReviews,
  writeNpy,
} from '../src/index.js';
import { mirror, serving } from './mirror.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'reviews-'));
});

async function file(name: string, content: string | Uint8Array): Promise<string> {
  await writeFile(join(folder, name), content);
  return join(folder, name);
}

const good = '0.1 0.2 0.3 0.4 0.5\ta b\n';

describe('reading reviews', () => {
  test('keeps every good line and counts every bad one with its reason', async () => {
    const bad: [string | Buffer, string][] = [
      ['0.1 0.2 0.3 0.4 0.5 no tab', 'must have a tab between ratings and text'],
      ['0.1 0.2\tragged', 'must have 5 ratings, got 2'],
      ['0.1 0.2 0.3 0.4 1.5\thigh', 'ratings must be in [0, 1], got 1.5'],
      ['0.1 0.2 0.3 0.4 -0.1\tlow', 'ratings must be in [0, 1], got -0.1'],
      ['0.1 0.2 0.3 0.4 0x1\thexadecimal', 'ratings must be in [0, 1], got NaN'],
      ['0.1 0.2 0.3 0.4 x\tno number', 'ratings must be in [0, 1], got NaN'],
      ['0.1 0.2 0.3 0.4 0.5\t  ', 'no words'],
      [Buffer.from([0x30, 0x09, 0xff, 0xfe]), 'not UTF-8'],
    ];
    const lines = bad.flatMap(([line]) => [Buffer.from(line), Buffer.from(`\n${good.repeat(19)}`)]);
    const { reviews, skipped } = await readReviews(await file('r.txt', Buffer.concat(lines)));
    expect(reviews.length).toBe(19 * bad.length);
    expect(new Set(reviews.map((review) => JSON.stringify(review))).size).toBe(1);
    expect(reviews[0]).toEqual({ ratings: [0.1, 0.2, 0.3, 0.4, 0.5], tokens: ['a', 'b'] });
    expect(skipped.first.map(({ reason }) => reason)).toEqual(bad.map(([, reason]) => reason));
    expect(skipped.first.map(({ line }) => line)).toEqual(bad.map((_, i) => 20 * i + 1));
  });

  test('unpacks gzip, takes lines over chunk borders and a last line without its end', async () => {
    const long = `0 0 0 0 1\t${'ä '.repeat(100_000)}ende`;
    const path = await file('r.txt.gz', gzipSync(`${good}${long}`));
    const { reviews } = await readReviews(path);
    expect(reviews.map(({ tokens }) => tokens.length)).toEqual([2, 100_001]);
    expect(reviews[1]!.tokens.at(-1)).toBe('ende');
    expect(reviews[1]!.tokens.slice(0, -1).every((token) => token === 'ä')).toBe(true);
  });

  test('refuses a file without any review, and damaged gzip, with the reason', async () => {
    await expect(readReviews(await file('h.txt', '<html>\n'))).rejects.toThrow(
      /h.txt: .* must be five ratings, a tab and words, got 0 of 1; .*: line 1 \(must have a tab/,
    );
    await expect(readReviews(await file('e.txt', ''))).rejects.toThrow('got an empty file');
    const cut = gzipSync(good.repeat(1000)).subarray(0, 60);
    await expect(readReviews(await file('c.txt.gz', cut))).rejects.toThrow(FormatError);
  });

  test('counts more bad lines than it lists', async () => {
    const { skipped } = await readReviews(await file('m.txt', `${'bad\n'.repeat(25)}${good.repeat(475)}`));
    expect([skipped.count, skipped.first.length]).toEqual([25, 10]);
  });

  test('refuses a file of which it would leave out more than a few per cent, and says which and why', async () => {
    const text = `${'bad\n'.repeat(26)}${good.repeat(474)}`;
    await expect(readReviews(await file('n.txt', text))).rejects.toThrow(
      /n\.txt: at least 95 % .* got 474 of 500; correct .*: line 1 \(must have a tab.*\), .* line 3 .* and 23 more$/,
    );
    const stars = Array.from({ length: 600 }, (_, i) => `film ${i},${1 + (i % 5)}\n`).join('');
    await expect(readScoredTexts(await file('s.csv', `text,score\n${stars}`))).rejects.toThrow(
      /from 0 to 1 in "score", got 120 of 600; .*scores found go from 1 to 5, so give that range \(--score-range 1,5\): line 3 \(score must be .* got "2"\)/,
    );
  });
});

describe('reading annotations', () => {
  test('clips ranges to the text and counts them, joins those that overlap, and skips bad lines', async () => {
    const lines = [
      '{"x": ["a","b","c","d"], "y": [0.5], "0": [[0,2],[1,3]], "1": [[2,99]], "2": [[3,3]]}',
      '{"x": [], "y": [0.5]}',
      '{"x": ["a"], "y": [2]}',
      '{"x": ["a"], "y": [1], "0": [[1, 0]]}',
      '{"x": "a", "y": [1]}',
      'nonsense',
    ];
    const { annotated, skipped, clipped } = await readAnnotations(
      await file('a.json', lines.join('\n') + '\n{"x": ["a"], "y": [1]}'.repeat(100)),
    );
    expect(annotated.length).toBe(101);
    expect(annotated[0]!.spans).toEqual([[[0, 3]], [[2, 4]], [], [], []]);
    expect(clipped).toBe(1);
    expect(skipped.first.map(({ reason }) => reason)).toEqual([
      'no words',
      'ratings must be in [0, 1], got 2',
      '0 must be a list of ranges [from, to], got [[1,0]]',
      'x must be a list of words',
      'not JSON',
    ]);
  });
});

describe('reading word vectors', () => {
  test('reads only the given words, skips a heading and counts ragged lines', async () => {
    const path = await file(
      'v.txt.gz',
      gzipSync(`3 2\nbeer 1 -2\nwine 3 4e-1\nale 1\nale 0x1 1\nale x y\n${'rye 5 6\n'.repeat(60)}`),
    );
    const { size, vectors, skipped } = await readWordVectors(path, new Set(['wine', 'ale', 'absent']));
    expect(size).toBe(2);
    expect([...vectors]).toEqual([['wine', Float32Array.of(3, 0.4)]]);
    expect(skipped.count).toBe(3);
    expect((await readWordVectors(path)).vectors.size).toBe(3);
  });

  test('reads a table that NumPy saved, and refuses one that does not fit its words', async () => {
    const table = await file(
      't.npy',
      writeNpy({ dtype: 'f8', shape: [2, 2], data: Float64Array.of(1, 2, 3, 4) }),
    );
    const { size, vectors } = await readVectorTable(
      table,
      await file('t.txt', 'beer\nwine\n'),
      new Set(['wine']),
    );
    expect([size, [...vectors]]).toEqual([2, [['wine', Float32Array.of(3, 4)]]]);
    await expect(readVectorTable(table, await file('s.txt', 'beer\n'))).rejects.toThrow(
      /one word for each of 2 rows .* got 1/,
    );
    const latin1 = await file('l.txt', Buffer.from('bière\nvin\n', 'latin1'));
    await expect(readVectorTable(table, latin1)).rejects.toThrow('line 1: not UTF-8');
  });
});

describe('reading your own texts', () => {
  test('reads CSV with quotes and new lines, and counts the rows that it skips', async () => {
    const path = await file(
      'a.csv',
      '\uFEFFid,text,score\n1,"He said ""no"",\nand left.",0.5\n2,,1\n3,x,\n4,y,two\n5,z,1.5\n6,short\n' +
        '7,Fine,1\n'.repeat(95),
    );
    const { reviews, skipped } = await readScoredTexts(path);
    expect(reviews.length).toBe(96);
    expect(reviews.slice(0, 2)).toEqual([
      { ratings: [0.5], tokens: ['he', 'said', '"', 'no', '"', ',', 'and', 'left', '.'] },
      { ratings: [1], tokens: ['fine'] },
    ]);
    expect(skipped.count).toBe(5);
    expect(skipped.first.map(({ reason }) => reason)).toContain('no words');
  });

  test.each<[string, number]>([
    ['"Best" beer,1\n', 1],
    ['"Best beer,1\n', 1],
    ['5" tall,1\n', 1],
    ['"one\n\ntwo",1,2\n', 2],
    ['"Best,1\nfair,1\nso "so",0\n', 2],
    ['"a ""b",1\n"c\nd",1\n', 0],
    ['"",1\n', 1],
  ])('CSV: %j beside good rows costs its own lines only', async (row, refused) => {
    const good = 'good words,1\n';
    const path = await file('q.csv', `text,score\n${good.repeat(100)}${row}${good.repeat(100)}`);
    const { reviews, skipped } = await readScoredTexts(path);
    const inRow = row.trimEnd().split('\n').length;
    expect(skipped.count).toBe(refused);
    expect(reviews.filter(({ tokens }) => tokens.join(' ') === 'good words').length).toBe(200);
    expect(skipped.first.every(({ line }) => line >= 102 && line < 102 + inRow)).toBe(true);
  });

  test('reads tabs and quotes in a .tsv, whatever the case of its ending', async () => {
    for (const name of ['a.tsv', 'A.TSV', 'B.Tsv.GZ', 'c.CSV']) {
      const [end, tab] = [name, name.includes('CSV') ? ',' : '\t'];
      const text = `text${tab}score\n"a ""b""${tab}c"${tab}1\nd${tab}0\n`;
      const path = await file(end, name.endsWith('GZ') ? gzipSync(text) : text);
      expect((await readScoredTexts(path)).reviews.map(({ ratings }) => ratings)).toEqual([[1], [0]]);
      expect((await readCsv(path)).rows[0]!.cells).toEqual([`a "b"${tab}c`, '1']);
    }
  });

  test('lists the fields of JSON Lines where a column is missing', async () => {
    const path = await file('fields.jsonl', '{"body": "a", "stars": 1}\n{"stars": 2, "id": 7}\n');
    await expect(readScoredTexts(path)).rejects.toThrow('columns must have text, got body, stars, id');
  });

  test('reads gzipped JSON Lines with other columns and another range', async () => {
    const path = await file(
      'a.jsonl.gz',
      gzipSync(`${'{"t":"A b","s":3}\n'.repeat(95)}[1]\n7\n{"t":5,"s":3}\n{x\n{"t":"c","s":9}\n`),
    );
    const { reviews, skipped } = await readScoredTexts(path, {
      textColumn: 't',
      scoreColumn: 's',
      range: [1, 5],
    });
    expect(reviews).toEqual(Array(95).fill({ ratings: [0.5], tokens: ['a', 'b'] }));
    expect(skipped.count).toBe(5);
  });

  test('takes only numbers in decimal digits as scores', async () => {
    const bad = ['true', '[0.5]', '"0x1"', '" "', 'null', '"1e"', '[]', '{}'];
    const lines = [...Array(200).fill('".5"'), ...bad].map((score) => `{"text": "a", "score": ${score}}\n`);
    const { reviews, skipped } = await readScoredTexts(await file('n.jsonl', lines.join('')));
    expect([reviews.length, skipped.count]).toEqual([200, bad.length]);
    const hex = `text,score\n${'a,1\n'.repeat(20)}a,0x1\n`;
    expect((await readScoredTexts(await file('n.csv', hex))).skipped.first.map(({ line }) => line)).toEqual([
      22,
    ]);
  });

  test.each([
    ['text,score,Text\na,1,b\n', 'columns must have different names, in any case, got Text twice'],
    [',text,score\n0,a,1\n', 'every column must have a name, got none for column 1'],
    ['a,b\n1,2\n', 'columns must have text, got a, b'],
    ['', 'the first line must name the columns, got nothing'],
  ])('refuses the columns of CSV %j', async (text, message) => {
    const path = await file('c.csv', text);
    await expect(readScoredTexts(path)).rejects.toThrow(`${path}: ${message}`);
  });

  test('names the fields that it looked for, and the endings that it knows', async () => {
    await expect(readScoredTexts(await file('b.jsonl', '{"a":1}\n'))).rejects.toThrow(
      'columns must have text, got a',
    );
    await expect(readScoredTexts('a.xlsx')).rejects.toThrow(/must end in .csv, .tsv, .jsonl or .ndjson/);
    await expect(readScoredTexts('a.csv', { range: [1, 1] })).rejects.toThrow(/range must be two numbers/);
  });
});

describe('generated reviews', () => {
  const some = syntheticReviews({ count: 300, key: key('reviews') });

  test('have ratings that are the means of the words in their spans', () => {
    // Each level has one word per aspect, so the value of each word can be fitted.
    const { levels } = fitted(some);
    for (const { tokens, spans, ratings } of some) {
      for (let aspect = 0; aspect < 4; aspect++) {
        const words = spans[aspect]!.map(([from]) => levels[aspect]!.get(tokens[from]!)!);
        expect(words.reduce((sum, value) => sum + value, 0) / words.length).toBeCloseTo(ratings[aspect]!, 9);
      }
    }
  });

  test('have at least 11 rating words per aspect, which belong to one aspect and are only in its spans', () => {
    const owners = new Map<string, Set<number>>();
    for (const { tokens, spans } of some) {
      const aspectAt = new Map(spans.flatMap((own, aspect) => own.map(([from]) => [from, aspect] as const)));
      expect(spans.slice(0, 4).every(({ length }) => length >= 11 && length <= 14)).toBe(true);
      tokens.forEach((token, at) => {
        const set = owners.get(token) ?? new Set();
        owners.set(token, set.add(aspectAt.get(at) ?? -1));
      });
    }
    expect([...owners.values()].every(({ size }) => size === 1)).toBe(true);
    expect([...owners.values()].filter((set) => !set.has(-1)).length).toBe(44);
  });

  test('are the same again, and a longer set begins with the shorter one', () => {
    expect(syntheticReviews({ count: 10, key: key('reviews') })).toEqual(some.slice(0, 10));
    expect(syntheticReviews({ count: 1, key: key('others') })).not.toEqual(some.slice(0, 1));
    expect(() => syntheticReviews({ count: -1, key: key(0) })).toThrow(/count must be an integer .* got -1/);
  });
});

/** The value of each rating word, fitted to the reviews' means: levels are 0, 0.1, ..., 1. */
function fitted(reviews: ReturnType<typeof syntheticReviews>) {
  const levels = Array.from({ length: 4 }, (_, aspect) => {
    const words = [
      ...new Set(reviews.flatMap(({ tokens, spans }) => spans[aspect]!.map(([from]) => tokens[from]!))),
    ];
    const values = new Map(words.map((word) => [word, 0.5]));
    // Kaczmarz: project on one review's equation after the other; they have one common solution.
    for (let sweep = 0; sweep < 400; sweep++) {
      for (const { tokens, spans, ratings } of reviews) {
        const chosen = spans[aspect]!.map(([from]) => tokens[from]!);
        const counts = new Map<string, number>();
        for (const word of chosen) counts.set(word, (counts.get(word) ?? 0) + 1);
        let sum = 0;
        let norm = 0;
        for (const [word, count] of counts) {
          sum += count * values.get(word)!;
          norm += count * count;
        }
        const off = (chosen.length * ratings[aspect]! - sum) / norm;
        for (const [word, count] of counts) values.set(word, values.get(word)! + off * count);
      }
    }
    return values;
  });
  return { levels };
}

describe('beer-advocate in the catalogue', () => {
  const beer = catalogue.find(({ name }) => name === 'beer-advocate')!;
  const annotation = '{"x": ["a"], "y": [1,1,1,1,1], "0": [[0,1]]}\n';
  const all: Record<string, Uint8Array> = {
    'annotations.json': Buffer.from(annotation),
    'review+wiki.filtered.200.txt.gz': gzipSync('beer 1 2\n'),
  };
  for (let aspect = 0; aspect < 4; aspect++) {
    for (const split of ['train', 'heldout']) all[`reviews.aspect${aspect}.${split}.txt.gz`] = gzipSync(good);
  }

  test('is downloaded from a mirror and checked by the contents of its files, the held-out ones by their published digests', async () => {
    const source = await mirror(serving(all));
    const held = Object.keys(all).filter((name) => name.includes('heldout'));
    try {
      const failure = await beer.get(folder, { mirrors: [source.url] }).catch((error: Error) => error);
      expect((failure as Error).message).toMatch(/aspect0\.heldout.*it ended after \d+ of 2680192 bytes/);
      const own = join(folder, 'beer-advocate');
      expect((await readdir(own)).sort()).toEqual(
        Object.keys(all)
          .filter((name) => !held.includes(name))
          .sort(),
      );
      // Your own copies may be repacked: their contents count.
      for (const name of held) await writeFile(join(own, name), all[name]!);
      expect((await beer.verify(folder)).ok).toBe(true);
      const asked = source.asked.length;
      expect((await beer.get(folder, { mirrors: [source.url] })).state).toBe('ready');
      expect(source.asked.length).toBe(asked);
    } finally {
      await source.close();
    }
  });

  test('says which files to put where when the source is closed or sends pages instead', async () => {
    const source = await mirror((_, response) => void response.end('<html>Sorry</html>'));
    try {
      const failure = await beer.get(folder, { mirrors: [source.url] }).catch((error: Error) => error);
      expect(failure).toBeInstanceOf(Error);
      const { message } = failure as Error;
      expect(message).toContain(`put these files, packed or not, into ${join(folder, 'beer-advocate')}`);
      for (const name of Object.keys(all)) expect(message).toContain(`\n  ${name}`);
      expect(await readdir(join(folder, 'beer-advocate'))).toEqual([]);
    } finally {
      await source.close();
    }
  });
});
