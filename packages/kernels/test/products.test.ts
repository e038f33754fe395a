import { afterEach, describe, expect, test, vi } from 'vitest';
import { type Assembly, decode } from '../src/host.js';
import { type Products, startProducts } from '../src/index.js';
import * as plain from '../src/products/plain/module.js';
import * as relaxed from '../src/products/relaxed/module.js';

const wasm = (globalThis as unknown as { WebAssembly: Assembly }).WebAssembly;
type Module = { readonly base64: string; readonly SHARED_FLAG: number };
const bytesOf = ({ base64, SHARED_FLAG }: Module) => decode(base64).fill(1, SHARED_FLAG, SHARED_FLAG + 1);
const works = (module: Module) => wasm.validate(bytesOf(module));

const memory = new wasm.Memory({ initial: 200, maximum: 200 });
let free = 0;
/** Room for numbers, with a gap of strange ones around it that must not change. */
function place(numbers: Float32Array | number): Float32Array {
  const [length, gap] = [typeof numbers === 'number' ? numbers : numbers.length, 5];
  new Float32Array(memory.buffer, 4 * free, length + 2 * gap).fill(-12345);
  const view = new Float32Array(memory.buffer, 4 * (free + gap), length);
  if (typeof numbers !== 'number') view.set(numbers);
  free += length + 2 * gap;
  return view;
}
const around = (x: Float32Array) => [
  ...new Float32Array(memory.buffer, x.byteOffset - 20, 5),
  ...new Float32Array(memory.buffer, x.byteOffset + x.byteLength, 5),
];

let state = 1;
const random = () => {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return state / 2 ** 31 - 1;
};
const numbers = (length: number) => Float32Array.from({ length }, random);
const turned = (x: Float32Array, rows: number, columns: number) =>
  Float32Array.from(x, (_, i) => x[(i % rows) * columns + Math.floor(i / rows)]!);

interface Product {
  readonly bias?: Float32Array;
  readonly rectified?: boolean;
  /** Numbers between the rows of each matrix. */
  readonly gap?: number;
}

/** Multiplies a [m, k] by b [k, n] in all four layouts, and expects the same bits of each. */
function multiply(
  products: Products,
  [m, n, k]: readonly [number, number, number],
  a: Float32Array,
  b: Float32Array,
  { bias, rectified = false, gap = 0 }: Product = {},
): Float32Array {
  const spread = (x: Float32Array, rows: number, columns: number) => {
    const wide = new Float32Array(rows * (columns + gap)).fill(77);
    for (let r = 0; r < rows; r++) wide.set(x.subarray(r * columns, (r + 1) * columns), r * (columns + gap));
    return wide;
  };
  const results = [false, true].flatMap((aTurned) =>
    [false, true].map((bTurned) => {
      free = 0;
      const room = place(products.roomOfProducts() / 4);
      const left = place(aTurned ? spread(turned(a, m, k), k, m) : spread(a, m, k));
      const right = place(bTurned ? spread(turned(b, k, n), n, k) : spread(b, k, n));
      const row = bias === undefined ? undefined : place(bias);
      const out = place(m * (n + gap)).fill(99);
      products.multiply(
        m,
        n,
        k,
        left.byteOffset,
        4 * ((aTurned ? m : k) + gap),
        aTurned,
        right.byteOffset,
        4 * ((bTurned ? k : n) + gap),
        bTurned,
        out.byteOffset,
        4 * (n + gap),
        row?.byteOffset ?? 0,
        rectified,
        room.byteOffset,
      );
      for (const x of [room, left, right, out]) expect(around(x)).toEqual(Array(10).fill(-12345));
      const between = out.filter((_, i) => i % (n + gap) >= n);
      expect(between).toEqual(new Float32Array(between.length).fill(99));
      return out.filter((_, i) => i % (n + gap) < n);
    }),
  );
  for (const other of results) expect(other).toEqual(results[0]);
  return results[0]!;
}

/** Expects every element within the stated bound of the product in double precision. */
function expectProduct(
  products: Products,
  [m, n, k]: readonly [number, number, number],
  options: Product = {},
): void {
  const [a, b] = [numbers(m * k), numbers(k * n)];
  const found = multiply(products, [m, n, k], a, b, options);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      let sum = options.bias?.[j] ?? 0;
      let magnitude = Math.abs(sum);
      for (let p = 0; p < k; p++) {
        const term = a[i * k + p]! * b[p * n + j]!;
        sum += term;
        magnitude += Math.abs(term);
      }
      const expected = options.rectified ? Math.max(sum, 0) : sum;
      const error = Math.abs(found[i * n + j]! - expected);
      if (!(error <= (k + 1) * 2 ** -24 * magnitude)) {
        expect.fail(`${m} x ${n} x ${k}, element (${i}, ${j}): ${found[i * n + j]}, not ${expected}`);
      }
    }
  }
}

const kinds = [
  ['separate', plain],
  ['relaxed', relaxed],
] as const;

describe.each(kinds)('products with %s multiply and add', (_name, module) => {
  const load = async () =>
    (await wasm.instantiate(bytesOf(module), { env: { memory } })).instance.exports as Products;
  const here = works(module);

  test.runIf(here)('are within the bound of sums in double precision, in every layout', async () => {
    const products = await load();
    const sizes = [1, 2, 5, 6, 7, 8, 9, 24, 25, 33];
    for (let i = 0; i < 60; i++) {
      const [m, n, k] = [0, 0, 0].map(() => sizes[Math.floor((random() + 1) * 5)]!) as [
        number,
        number,
        number,
      ];
      expectProduct(products, [m, n, k], { gap: i % 3 });
    }
  });

  test.runIf(here)('are so across the edges of blocks', async () => {
    const products = await load();
    for (const shape of [
      [241, 9, 30],
      [487, 17, 3],
      [13, 12, 513],
      [7, 20, 1030],
      [245, 11, 520],
      [1, 1, 2000],
    ] as const) {
      expectProduct(products, shape);
    }
  });

  test.runIf(here)('add a bias once, and rectify last', async () => {
    const products = await load();
    for (const shape of [
      [7, 13, 20],
      [12, 16, 600],
      [1, 3, 1100],
    ] as const) {
      const bias = numbers(shape[1]);
      expectProduct(products, shape, { bias });
      expectProduct(products, shape, { bias, rectified: true });
      expectProduct(products, shape, { rectified: true });
    }
  });

  test.runIf(here)('keep NaN and infinities, in their rows and columns only', async () => {
    const products = await load();
    for (const [m, n, k] of [
      [7, 9, 5],
      [26, 8, 600],
    ] as const) {
      for (const rectified of [false, true]) {
        const [a, b] = [new Float32Array(m * k).fill(1), new Float32Array(k * n).fill(1)];
        a[k + 1] = Number.NaN;
        b[2 * n + 3] = Number.POSITIVE_INFINITY;
        const found = multiply(products, [m, n, k], a, b, { rectified });
        found.forEach((value, at) => {
          const [row, column] = [Math.floor(at / n), at % n];
          expect(value).toBe(row === 1 ? Number.NaN : column === 3 ? Number.POSITIVE_INFINITY : k);
        });
      }
    }
  });

  test.runIf(here)('of empty sides are zeros, or the bias', async () => {
    const products = await load();
    const [none, bias] = [new Float32Array(0), Float32Array.of(1, -2, 3)];
    expect(multiply(products, [2, 3, 0], none, none)).toEqual(new Float32Array(6));
    expect(multiply(products, [1, 3, 0], none, none, { bias, rectified: true })).toEqual(
      Float32Array.of(1, 0, 3),
    );
    expect(multiply(products, [0, 3, 2], none, numbers(6))).toEqual(none);
    expect(multiply(products, [2, 0, 2], numbers(4), none)).toEqual(none);
  });

  test.runIf(here)('transpose', async () => {
    const products = await load();
    for (const [rows, columns] of [
      [1, 1],
      [4, 4],
      [7, 9],
      [3, 20],
      [20, 3],
    ] as const) {
      free = 0;
      const [from, to] = [place(numbers(rows * columns)), place(rows * columns)];
      products.transpose(rows, columns, from.byteOffset, 4 * columns, to.byteOffset, 4 * rows);
      expect(to).toEqual(turned(from, rows, columns));
      expect(around(to)).toEqual(Array(10).fill(-12345));
    }
  });

  test.runIf(here)('sum columns as doubles', async () => {
    const products = await load();
    for (const [rows, columns] of [
      [0, 3],
      [1, 8],
      [50, 23],
      [9, 16],
      [70, 1030],
    ] as const) {
      free = 0;
      const [from, to] = [place(numbers(rows * columns)), place(columns)];
      from.forEach((x, i) => {
        from[i] = i % columns === 1 ? x * 2 ** 40 : x;
      });
      const room = place(2 * 1024);
      products.sumColumns(rows, columns, from.byteOffset, to.byteOffset, room.byteOffset);
      expect(around(room)).toEqual(Array(10).fill(-12345));
      const sums = new Float64Array(columns);
      from.forEach((x, i) => {
        sums[i % columns] = sums[i % columns]! + x;
      });
      expect(to).toEqual(Float32Array.from(sums));
      expect(around(to)).toEqual(Array(10).fill(-12345));
    }
  });
});

describe.each(kinds)('elements and rows, in the module with %s multiply and add', (_name, module) => {
  const load = async () =>
    (await wasm.instantiate(bytesOf(module), { env: { memory } })).instance.exports as Products;
  const here = works(module);
  const { NaN: nan, POSITIVE_INFINITY: infinity } = Number;
  const special = [nan, infinity, -infinity, 0, -0, 1, -1, 3, -2.5, 1e-40, 7];

  test.runIf(here)('clamp, and keep NaN', async () => {
    const products = await load();
    for (const x of [Float32Array.from(special), numbers(3), new Float32Array(0)]) {
      for (const [low, high] of [
        [0, infinity],
        [-1, 2],
        [-infinity, 0],
      ] as const) {
        free = 0;
        const [from, to] = [place(x), place(x.length)];
        products.clamp(x.length, from.byteOffset, low, high, to.byteOffset);
        expect(to).toEqual(x.map((value) => Math.min(Math.max(value, low), high)));
        expect(around(to)).toEqual(Array(10).fill(-12345));
      }
    }
  });

  test.runIf(here)('compare and rectify every pair of special numbers', async () => {
    const products = await load();
    const pairs = special.flatMap((x) => special.map((y) => [x, y] as const));
    free = 0;
    const [x, y, to] = [
      place(Float32Array.from(pairs, ([first]) => first)),
      place(Float32Array.from(pairs, ([, second]) => second)),
      place(pairs.length),
    ];
    const call = (name: 'largerOf' | 'smallerOf' | 'rectifierGradient') => {
      products[name](pairs.length, x.byteOffset, y.byteOffset, to.byteOffset);
      expect(around(to)).toEqual(Array(10).fill(-12345));
      return to;
    };
    expect(call('largerOf')).toEqual(x.map((value, i) => Math.max(value, y[i]!)));
    expect(call('smallerOf')).toEqual(x.map((value, i) => Math.min(value, y[i]!)));
    const slope = (result: number) => (result > 0 ? 1 : Number.isNaN(result) ? nan : 0);
    expect(call('rectifierGradient')).toEqual(x.map((value, i) => value * slope(y[i]!)));
  });

  test.runIf(here).each([1, 4, 7, 100])('copy, gather and add rows of %i', async (columns) => {
    const products = await load();
    free = 0;
    const table = numbers(5 * columns);
    const [from, to, sums] = [place(table), place(4 * columns), place(5 * columns).fill(1)];
    const indices = new Int32Array(place(4).buffer, 4 * (free - 9), 4);
    const row = (x: Float32Array, i: number) => x.subarray(i * columns, (i + 1) * columns);

    indices.set([3, 0, 3, 4]);
    expect(products.gatherRows(4, indices.byteOffset, 5, columns, from.byteOffset, to.byteOffset)).toBe(4);
    for (const [i, index] of indices.entries()) expect(row(to, i)).toEqual(row(table, index));
    for (const wrong of [5, -1]) {
      indices[2] = wrong;
      expect(products.gatherRows(4, indices.byteOffset, 5, columns, from.byteOffset, to.byteOffset)).toBe(2);
    }

    indices.set([3, -1, 3, 5]);
    products.scatterAddRows(4, indices.byteOffset, from.byteOffset, columns, 5, sums.byteOffset);
    const expected = new Float32Array(5 * columns).fill(1);
    for (const i of [0, 2])
      for (let j = 0; j < columns; j++) expected[3 * columns + j]! += table[i * columns + j]!;
    expect(sums).toEqual(expected);

    to.fill(9);
    products.copyRows(2, columns, from.byteOffset, 8 * columns, to.byteOffset, 8 * columns);
    expect(row(to, 0)).toEqual(row(table, 0));
    expect(row(to, 2)).toEqual(row(table, 2));
    expect(row(to, 1)).toEqual(new Float32Array(columns).fill(9));
    for (const x of [to, sums]) expect(around(x)).toEqual(Array(10).fill(-12345));
  });
});

describe('startProducts', () => {
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
  });

  test('takes the relaxed module where the machine has it', async () => {
    vi.stubEnv('AIMLE_KERNELS', '');
    const products = await startProducts(new wasm.Memory({ initial: 200, maximum: 200 }));
    expect(products).not.toBeNull();
    const instantiate = vi.spyOn(wasm, 'instantiate');
    await startProducts(memory);
    const expected: Module = works(relaxed) ? relaxed : plain;
    expect(instantiate.mock.calls[0]![0]).toEqual(bytesOf(expected));
  });

  test('returns null without memory, where the environment says so, and where nothing may be compiled', async () => {
    vi.stubEnv('AIMLE_KERNELS', '');
    expect(await startProducts(undefined)).toBeNull();
    expect(await startProducts({ buffer: new ArrayBuffer(8) })).toBeNull();
    vi.spyOn(wasm, 'instantiate').mockRejectedValue(new Error('unsafe-eval is not allowed'));
    expect(await startProducts(memory)).toBeNull();
    vi.restoreAllMocks();
    vi.stubEnv('AIMLE_KERNELS', 'off');
    expect(await startProducts(memory)).toBeNull();
  });
});
