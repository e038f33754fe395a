import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type NpyArray, writeNpy } from '@aimle/datasets';
import { key } from '@aimle/random';
import { memoryStore, trainTask } from '@aimle/training';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  checkMotions,
  type EdgeTruth,
  edgesOf,
  type Motions,
  neuralRelationalInference,
  openEdgePredictor,
  type RelationalConfig,
  readRecordings,
  simulateGraphLayout,
} from '../src/index.js';

const { quick } = neuralRelationalInference.presets;
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aimle-recordings-'));
});
const file = async (name: string, content: string | Uint8Array): Promise<string> => {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
};

const table = (lines: readonly string[]) => ['sample,time,vertex,x,y', ...lines].join('\n');
const good = ['p', 'q'].flatMap((sample) =>
  [2, 1].flatMap((time) =>
    ['a', 'b', 'c'].map((vertex, v) => `${sample},${time},${vertex},${10 * time + v},${-v}`),
  ),
);

describe('recordings from a table', () => {
  test('are put in the order of their times, coordinate by coordinate', async () => {
    const { motions, samples, vertices } = await readRecordings(await file('good.csv', table(good)));
    expect({ samples, vertices }).toEqual({ samples: ['p', 'q'], vertices: ['a', 'b', 'c'] });
    expect(motions).toMatchObject({ count: 2, frames: 2, dimensions: 2, vertices: 3, edges: null });
    const one = [10, 11, 12, 0, -1, -2, 20, 21, 22, 0, -1, -2];
    expect([...motions.positions]).toEqual([...one, ...one]);
  });

  test('have edges from another, of one sample or of all', async () => {
    const path = await file('good.csv', table(good));
    const own = await file('own.csv', 'sample,from,to\np,a,b\np,b,c\nq,c,a\nq,a,b\n');
    const { motions } = await readRecordings(path, own);
    expect([...edgesOf(motions, [0, 1])]).toEqual([1, 0, 1, 1, 1, 0]);
    const same = await file('same.csv', 'from,to\nb,a\nb,c\n');
    const directed = (await readRecordings(path, same, 'arborescence')).motions;
    expect([...edgesOf(directed, [1], true)]).toEqual([0, 0, 1, 1, 0, 0]);
  });

  test('and names may have quotes and commas', async () => {
    const quoted = table(good).replaceAll(',a,', ',"Ant, ""A""",');
    expect((await readRecordings(await file('quoted.csv', quoted))).vertices).toEqual(['Ant, "A"', 'b', 'c']);
  });

  test('in another encoding are refused', async () => {
    const latin1 = Buffer.from(table(good).replaceAll(',a,', ',é,'), 'latin1');
    await expect(readRecordings(await file('latin1.csv', latin1))).rejects.toThrow('line 2: not UTF-8');
  });

  test.each<[string, string]>([
    ['', 'the first line must name the columns, got nothing'],
    ['sample,time,x\n1,1,1', 'columns must have vertex, got sample, time, x'],
    ['sample,time,vertex\n1,1,1', 'columns must name a coordinate beside sample, time, vertex, got none'],
    [table(['p,1,a,0,0', 'p,1,b,0']), 'line 3: must have 5 cells as the first, got 4'],
    [table(['p,1,a,0,NaN']), 'line 2 must have a finite number as y, got "NaN"'],
    [table(['p,1,a,0,0x1']), 'line 2 must have a finite number as y, got "0x1"'],
    [table(['p,1,a,0,"1']), 'line 2: a quote is not closed'],
    ['sample,time,vertex,x,X\n', 'columns must have different names, in any case, got X twice'],
    [',sample,time,vertex,x\n0,1,0,a,0', 'every column must have a name, got none for column 1'],
    [table(['p,1,a,,0']), 'line 2 must have a finite number as x, got ""'],
    [table(['p,now,a,0,0']), 'line 2 must have a finite number as time, got "now"'],
    [table([...good, 'q,1,a,0,0']), 'line 14 repeats vertex a of sample q at time 1'],
    [table(good.slice(0, -3)), 'samples must have as many times as p, 2, got 1 in q'],
    [table(good.slice(0, -1)), 'sample q at time 1 must have vertex c, as the first sample'],
    [
      table([...good, 'q,1,d,0,0']),
      'sample q at time 1 has a vertex d, which the first sample does not have',
    ],
    [table(['p,1,a,0,0', 'p,2,a,1,1']), 'vertices must be an integer of at least 2, got 1'],
    [table(['p,1,a,0,0', 'p,1,b,1,1']), 'frames must be an integer of at least 2, got 1'],
    ['sample,time,vertex,x', 'vertices must be an integer of at least 2, got 0'],
  ])('%j are refused', async (text, message) => {
    const path = await file('bad.csv', text);
    await expect(readRecordings(path)).rejects.toThrow(`${path}: ${message}`);
  });

  test.each<[string, string]>([
    ['from\na', 'columns must have to, got from'],
    ['from,to\na,z', 'line 2 has the vertex "z", which the recordings do not have'],
    ['sample,from,to\nr,a,b', 'line 2 has the sample "r", which the recordings do not have'],
    ['from,to\na,b', 'a graph in which 2 of 3 vertices can be reached from 0 in recording 0'],
    ['from,to\na,b\nb,c\nc,a', 'a graph with a cycle, of 3 edges in recording 0'],
  ])('edges %j are refused', async (text, message) => {
    const path = await file('edges.csv', text);
    const read = readRecordings(await file('good.csv', table(good)), path);
    await expect(read).rejects.toThrow(message);
    await expect(read).rejects.toThrow(path);
  });
});

describe('recordings from arrays', () => {
  const f4 = (shape: number[], data = new Float32Array(shape.reduce((a, b) => a * b))): NpyArray => ({
    dtype: 'f4',
    shape,
    data,
  });

  test.each<[NpyArray, string]>([
    [f4([2, 3, 4]), 'positions must have shape [recordings, frames, dimensions, vertices], got [2, 3, 4]'],
    [f4([1, 2, 2, 1]), 'vertices must be an integer of at least 2, got 1'],
    [
      f4([1, 2, 1, 2], Float32Array.of(0, 1, NaN, 1)),
      'got NaN in recording 0, frame 1, coordinate 0 of vertex 0',
    ],
  ])('are refused where they cannot be', async (array, message) => {
    const path = await file('bad.npy', writeNpy(array));
    await expect(readRecordings(path)).rejects.toThrow(message);
  });

  test('and their edges must fit each other', async () => {
    const positions = await file('p.npy', writeNpy(f4([2, 3, 2, 4])));
    const edges = await file('e.npy', writeNpy({ dtype: 'u1', shape: [2, 3, 3], data: new Uint8Array(18) }));
    await expect(readRecordings(positions, edges)).rejects.toThrow('edges must have shape [2, 4, 4]');
    await expect(readRecordings(join(folder, 'x.txt'))).rejects.toThrow('must be a .npy, .csv or .tsv file');
    await expect(readRecordings(join(folder, 'absent.npy'))).rejects.toThrow(
      `there is no file ${join(folder, 'absent.npy')}`,
    );
  });
});

describe('true edges', () => {
  const motions = (vertices: number, ...pairs: [number, number][]): Motions => {
    const edges = new Uint8Array(vertices ** 2);
    for (const [i, j] of pairs) edges[i * vertices + j] = 1;
    const positions = new Float32Array(2 * vertices);
    return { count: 1, frames: 2, dimensions: 1, vertices, positions, edges };
  };

  test.each<[EdgeTruth, [number, number][], string | null]>([
    [
      'arborescence',
      [
        [1, 0],
        [1, 2],
      ],
      null,
    ],
    [
      'arborescence',
      [
        [0, 1],
        [2, 1],
      ],
      '2 edges that lead to 1',
    ],
    [
      'arborescence',
      [
        [0, 1],
        [1, 2],
        [2, 0],
      ],
      'a graph with a cycle and no root',
    ],
    ['arborescence', [[0, 1]], '2 roots, 0, 2,'],
    [
      'graph',
      [
        [0, 1],
        [1, 0],
      ],
      null,
    ],
    ['graph', [[0, 1]], 'an edge between 0 and 1 in one direction only'],
    ['graph', [[2, 2]], 'a loop at 2'],
  ])('that must be of the kind %s: %j', (truth, pairs, problem) => {
    const check = () => checkMotions(motions(3, ...pairs), 'x', truth);
    if (problem === null) expect(check).not.toThrow();
    else expect(check).toThrow(`got ${problem} in recording 0`);
  });

  test('of an arborescence are all reached from its root', () => {
    const apart = motions(4, [0, 1], [2, 3], [3, 2]);
    expect(() => checkMotions(apart, 'x', 'arborescence')).toThrow(
      'a graph in which 2 of 4 vertices can be reached from the root, 0, in recording 0',
    );
  });
});

/** Recordings in a file, and in another the edges of a directed tree: 0 leads to 1 and 2. */
async function chain(count: number): Promise<{ data: string; edges: string }> {
  const { positions } = simulateGraphLayout({ count, vertices: 3, frames: 4, key: key(5) });
  const edges = new Uint8Array(9 * count);
  for (let i = 0; i < count; i++) edges.set([0, 1, 1, 0, 0, 0, 0, 0, 0], 9 * i);
  return {
    data: await file('chain.npy', writeNpy({ dtype: 'f4', shape: [count, 4, 2, 3], data: positions })),
    edges: await file('chain-edges.npy', writeNpy({ dtype: 'u1', shape: [count, 3, 3], data: edges })),
  };
}

const own = (change: Partial<RelationalConfig>): RelationalConfig => ({
  ...quick,
  starts: 1,
  data: 'mine.csv',
  hidden: 6,
  batchSize: 8,
  steps: 2,
  ...change,
});

describe('a run on your own recordings', () => {
  test('takes their vertices and frames, and measures no edges where they are not known', async () => {
    const { data } = await chain(40);
    const run = memoryStore('own');
    const { metrics, data: description } = await trainTask(neuralRelationalInference, own({ data }), {
      run,
      dataFolder: '',
    });
    expect(description).toMatch(
      /3 vertices, 4 frames, their edges not known \(sha256 [0-9a-f]{8}\): 32 to train on, 4 for validation/,
    );
    expect(Object.keys(metrics.test!)).toEqual(['elbo', 'nll', 'kl', 'official/elbo']);
  });

  test('infers directed trees, and predicts them without the data', async () => {
    const { data, edges } = await chain(40);
    const run = memoryStore('directed');
    const { metrics } = await trainTask(
      neuralRelationalInference,
      own({ data, edges, structure: 'arborescence' }),
      { run, dataFolder: '' },
    );
    expect(metrics.test!['precision']).toBe(metrics.test!['recall']);
    const predictor = await openEdgePredictor(run);
    expect(predictor.directed).toBe(true);
    const { motions } = await readRecordings(data);
    const marginals = predictor.marginals(motions, { draws: 20 });
    for (let i = 0; i < 40; i++) {
      const matrix = marginals.subarray(9 * i, 9 * i + 9);
      // Every tree of three vertices has two edges, and no vertex two parents.
      expect(matrix.reduce((sum, p) => sum + p, 0)).toBeCloseTo(2, 4);
      for (let child = 0; child < 3; child++) {
        expect(matrix[child]! + matrix[3 + child]! + matrix[6 + child]!).toBeLessThan(1.0001);
      }
    }
    expect(predictor.marginals(motions, { draws: 20 })).toEqual(marginals);
    predictor.dispose();
  });

  test('needs enough of them for a batch', async () => {
    const { data } = await chain(9);
    const run = trainTask(neuralRelationalInference, own({ data }), { run: memoryStore('few') });
    await expect(run).rejects.toThrow(
      'batchSize must be at most the 7 recordings that are left to train on of 9',
    );
  });
});

describe('prediction', () => {
  test('is symmetric, the same for a seed, and refuses what the model was not trained on', async () => {
    const run = memoryStore('symmetric');
    const config = {
      ...quick,
      starts: 1,
      vertices: 4,
      hidden: 6,
      trainCount: 64,
      validationCount: 8,
      testCount: 8,
      steps: 1,
    };
    await trainTask(neuralRelationalInference, config, { run, dataFolder: '' });
    const predictor = await openEdgePredictor(run);
    const motions = simulateGraphLayout({ count: 2, vertices: 4, key: key(3) });
    const marginals = predictor.marginals(motions, { draws: 50, seed: 1 });
    for (let i = 0; i < 4; i++) {
      expect(marginals[4 * i + i]).toBe(0);
      for (let j = 0; j < 4; j++) expect(marginals[4 * i + j]).toBe(marginals[4 * j + i]);
    }
    expect(predictor.marginals(motions, { draws: 50, seed: 2 })).not.toEqual(marginals);
    const other = simulateGraphLayout({ count: 2, vertices: 5, key: key(3) });
    expect(() => predictor.marginals(other)).toThrow(
      'predict: vertices of the recordings must be those of training, 4, got 5',
    );
    const short = simulateGraphLayout({ count: 2, vertices: 4, frames: 6, key: key(3) });
    expect(() => predictor.marginals(short)).toThrow(
      'frames of the recordings must be those of training, 10, got 6',
    );
    expect(() => predictor.marginals(motions, { draws: 0 })).toThrow(
      'draws must be an integer of at least 1, got 0',
    );
    predictor.dispose();
    await expect(openEdgePredictor(memoryStore('empty'))).rejects.toThrow('empty');
  });
});
