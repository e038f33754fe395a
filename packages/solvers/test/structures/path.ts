import fc from 'fast-check';
import { type GridPathOptions, graphPath, gridPath, type Sense } from '../../src/index.js';
import type { SmallInstance, SolverEntry, State } from '../entry.js';
import { dyadicScore } from '../scores.js';

/** One way of going on: to a vertex, at the expense of an element of theta. */
interface Step {
  readonly to: number;
  readonly element: number;
}

// biome-ignore format: the three directions
const cube: readonly number[] = [
  0, 1, 2, 3, 4, 5, 6, 7,
  0, 2, 1, 3, 4, 6, 5, 7,
  0, 4, 1, 5, 2, 6, 3, 7,
];

export const path: readonly SolverEntry[] = [
  {
    name: 'gridPath',
    small: [
      ...grid({ height: 1, width: 1 }),
      ...grid({ height: 1, width: 4 }),
      ...grid({ height: 3, width: 3 }),
      ...grid({ height: 3, width: 4, neighbours: 4 }),
      ...grid({ height: 4, width: 2, from: 3, to: 6 }),
      ...grid({ height: 2, width: 1, weights: 'edge' }),
      ...grid({ height: 3, width: 3, weights: 'edge' }),
      ...grid({ height: 4, width: 3, neighbours: 4, weights: 'edge', from: 5 }),
      ...grid({ height: 3, width: 3, passable: 'context' }),
      ...grid({ height: 2, width: 4, weights: 'edge', passable: 'context', from: 'context', to: 'context' }),
      ...grid({ height: 3, width: 3, neighbours: 4, from: 'context', to: 'context' }),
      ...grid({ height: 2, width: 3, from: 1, to: 'context' }),
    ],
  },
  {
    name: 'graphPath',
    small: [
      ...positive('two vertices, two edges', 2, [0, 1, 0, 1], { from: 0, to: 1 }),
      ...positive('both ways', 4, [0, 1, 2, 1, 3, 2, 3, 0, 1, 3, 1, 2], { from: 0, to: 2, directed: false }),
      ...positive('cycles', 5, [0, 1, 1, 2, 2, 0, 2, 3, 3, 1, 1, 4, 3, 4, 4, 0, 0, 3], { from: 0, to: 4 }),
      ...positive('a cube', 8, cube, { from: 0, to: 7, directed: false }),
      ...positive('a cube, ends by context', 8, cube, { from: 'context', to: 'context', directed: false }),
      lattice('a single edge', 2, [0, 1], { from: 0, to: 1 }),
      lattice('a lattice', 5, [3, 1, 0, 3, 0, 1, 0, 2, 3, 4, 1, 2, 1, 4, 2, 4, 0, 4, 3, 1], {
        from: 0,
        to: 4,
      }),
      lattice('a lattice, its end by context', 5, [0, 1, 1, 2, 0, 2, 2, 3, 1, 3, 3, 4, 2, 4, 1, 4], {
        from: 1,
        to: 'context',
      }),
    ],
  },
];

/** Both senses, one instance each: costs are not negative, and so scores not positive. */
function bothSenses(make: (sense: Sense) => SmallInstance): SmallInstance[] {
  return [
    {
      ...make('minimise'),
      senses: ['minimise'],
      score: dyadicScore.map(Math.abs),
      echo: (z) => z.map((one) => one - 1),
    },
    {
      ...make('maximise'),
      senses: ['maximise'],
      score: dyadicScore.map((x) => -Math.abs(x)),
      echo: (z) => z.map((one) => one - 1),
    },
  ];
}

function grid(options: GridPathOptions): SmallInstance[] {
  const { height, width, neighbours = 8, weights = 'vertex', from = 0, to = height * width - 1 } = options;
  const cells = height * width;
  const steps = gridSteps(height, width, neighbours, weights);
  const size = weights === 'vertex' ? cells : Math.max(...steps.flat().map(({ element }) => element)) + 1;
  const states = (context?: Readonly<Record<string, ArrayLike<number>>>): State[] => {
    const [start, target] = [from, to].map((end, i) =>
      end === 'context' ? context![i === 0 ? 'from' : 'to']![0]! : end,
    );
    const open = (cell: number): boolean => (context?.['passable']?.[cell] ?? 1) === 1;
    if (!open(start!)) return [];
    const passable = steps.map((list) => list.filter((step) => open(step.to)));
    const first = weights === 'vertex' ? [start!] : [];
    return simplePaths(passable, start!, target!, size, first);
  };
  const cell = fc.integer({ min: 0, max: cells - 1 });
  const context = fc
    .record({
      ...(from === 'context' ? { from: fc.tuple(cell) } : {}),
      ...(to === 'context' ? { to: fc.tuple(cell) } : {}),
      ...(options.passable
        ? { passable: fc.array(fc.constantFrom(1, 1, 1, 0), { minLength: cells, maxLength: cells }) }
        : {}),
    })
    // A path from a cell to itself is one state for all thetas: it is tested on its own.
    .filter((drawn) => (drawn.from?.[0] ?? from) !== (drawn.to?.[0] ?? to) && states(drawn).length > 0);
  const needed = from === 'context' || to === 'context' || options.passable;
  return bothSenses((sense) => ({
    label: `${height} x ${width}, ${neighbours} neighbours, ${weights}, ${from} to ${to}${options.passable ? ', walls' : ''}`,
    build: () => gridPath({ ...options, sense }),
    states,
    ...(needed ? { context } : {}),
  }));
}

/** From each cell, its neighbours and what a step there costs: the neighbour itself, or the edge. */
function gridSteps(height: number, width: number, neighbours: 4 | 8, weights: 'vertex' | 'edge'): Step[][] {
  const steps: Step[][] = Array.from({ length: height * width }, () => []);
  let edges = 0;
  const link = (a: number, b: number): void => {
    const edge = edges++;
    steps[a]!.push({ to: b, element: weights === 'vertex' ? b : edge });
    steps[b]!.push({ to: a, element: weights === 'vertex' ? a : edge });
  };
  const rows = Array.from({ length: height }, (_, r) => r);
  const columns = Array.from({ length: width }, (_, c) => c);
  for (const r of rows) for (const c of columns.slice(1)) link(r * width + c - 1, r * width + c);
  for (const r of rows.slice(1)) for (const c of columns) link((r - 1) * width + c, r * width + c);
  if (neighbours === 4) return steps;
  for (const r of rows.slice(1))
    for (const c of columns.slice(1)) link((r - 1) * width + c - 1, r * width + c);
  for (const r of rows.slice(1))
    for (const c of columns.slice(1)) link((r - 1) * width + c, r * width + c - 1);
  return steps;
}

interface GraphOptions {
  readonly from: number | 'context';
  readonly to: number | 'context';
  readonly directed?: boolean;
}

function positive(
  label: string,
  vertices: number,
  edges: readonly number[],
  options: GraphOptions,
): SmallInstance[] {
  return bothSenses((sense) => ({
    label,
    build: () => graphPath({ vertices, edges, ...options, sense }),
    ...graphStates(vertices, edges, options),
  }));
}

function lattice(
  label: string,
  vertices: number,
  edges: readonly number[],
  options: GraphOptions,
): SmallInstance {
  return {
    label: `${label}, acyclic`,
    build: (sense) => graphPath({ vertices, edges, ...options, acyclic: true, sense }),
    ...graphStates(vertices, edges, options),
  };
}

function graphStates(
  vertices: number,
  edges: readonly number[],
  { from, to, directed = true }: GraphOptions,
): Pick<SmallInstance, 'states' | 'context'> {
  const steps: Step[][] = Array.from({ length: vertices }, () => []);
  for (let element = 0; element < edges.length / 2; element++) {
    const [a, b] = [edges[2 * element]!, edges[2 * element + 1]!];
    steps[a]!.push({ to: b, element });
    if (!directed) steps[b]!.push({ to: a, element });
  }
  const between = (start: number, target: number): State[] =>
    simplePaths(steps, start, target, edges.length / 2, []);
  if (from !== 'context' && to !== 'context') return { states: () => between(from, to) };
  const vertex = fc.integer({ min: 0, max: vertices - 1 });
  return {
    states: (context) =>
      between(from === 'context' ? context!['from']![0]! : from, to === 'context' ? context!['to']![0]! : to),
    context: fc
      .record({
        ...(from === 'context' ? { from: fc.tuple(vertex) } : {}),
        ...(to === 'context' ? { to: fc.tuple(vertex) } : {}),
      })
      .filter((drawn) =>
        between(from === 'context' ? drawn.from![0] : from, to === 'context' ? drawn.to![0] : to).some(
          (state) => Array.from(state).includes(1),
        ),
      ),
  };
}

/** All paths without a vertex twice: fewest steps first, then in the order of their vertices, then of their edges. */
function simplePaths(
  steps: readonly (readonly Step[])[],
  start: number,
  target: number,
  size: number,
  first: readonly number[],
): State[] {
  const found: { vertices: number[]; elements: number[] }[] = [];
  const go = (vertices: number[], elements: number[]): void => {
    const here = vertices[vertices.length - 1]!;
    if (here === target) {
      found.push({ vertices, elements });
      return;
    }
    for (const { to, element } of steps[here]!) {
      if (!vertices.includes(to)) go([...vertices, to], [...elements, element]);
    }
  };
  go([start], [...first]);
  found.sort(
    (a, b) =>
      a.vertices.length - b.vertices.length ||
      compare(a.vertices, b.vertices) ||
      compare(a.elements, b.elements),
  );
  return found.map(({ elements }) => {
    const state = new Uint8Array(size);
    for (const element of elements) state[element] = 1;
    return state;
  });
}

function compare(a: readonly number[], b: readonly number[]): number {
  return a.map((x, i) => x - b[i]!).find((difference) => difference !== 0) ?? 0;
}
