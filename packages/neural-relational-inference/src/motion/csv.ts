import { FormatError } from '@aimle/datasets';
import { checkMotions, type Motions } from './motions.js';

/** Recordings from a table, and the names that it has for them and their vertices, in order. */
interface NamedMotions {
  readonly motions: Motions;
  readonly samples: readonly string[];
  readonly vertices: readonly string[];
}

interface Row {
  /** Its number in the file, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

const NAMES = ['sample', 'time', 'vertex'];

/** Reads columns sample, time, vertex and coordinates; every sample must have each vertex at as many times. */
export function motionsFromCsv(text: string, name: string): NamedMotions {
  const { columns, rows } = tableOf(text, name);
  const [sample, time, vertex] = NAMES.map((column) => place(columns, column, name)) as [
    number,
    number,
    number,
  ];
  const axes = columns.flatMap((column, at) => (NAMES.includes(column) ? [] : [at]));
  if (axes.length === 0) {
    throw new FormatError(`${name}: columns must name a coordinate beside ${NAMES.join(', ')}, got none`);
  }
  /** sample, then time, then vertex, to the row. */
  const found = new Map<string, Map<number, Map<string, Row>>>();
  for (const row of rows) {
    const at = numberIn(row, time, 'time', name);
    const frames = inside(found, row.cells[sample]!, () => new Map());
    const frame = inside(frames, at, () => new Map());
    if (frame.has(row.cells[vertex]!)) {
      throw new FormatError(
        `${name}: line ${row.line} says again where vertex ${row.cells[vertex]} of sample ${row.cells[sample]} is at ` +
          `time ${at}`,
      );
    }
    frame.set(row.cells[vertex]!, row);
  }
  const samples = [...found.keys()];
  const [first] = found.values();
  const vertices = first === undefined ? [] : [...new Set([...first.values()].flatMap((f) => [...f.keys()]))];
  const frames = first?.size ?? 0;
  const positions = new Float32Array(samples.length * frames * axes.length * vertices.length);
  let into = 0;
  for (const [label, times] of found) {
    if (times.size !== frames) {
      throw new FormatError(
        `${name}: samples must have as many times, got ${frames} in ${samples[0]} and ${times.size} in ${label}`,
      );
    }
    for (const at of [...times.keys()].sort((a, b) => a - b)) {
      const frame = times.get(at)!;
      const stranger = [...frame.keys()].find((known) => !vertices.includes(known));
      const missing = stranger ?? vertices.find((known) => !frame.has(known));
      if (missing !== undefined) {
        const what = stranger === undefined ? 'no vertex' : 'a vertex that sample';
        const more = stranger === undefined ? '' : ` ${samples[0]} has not,`;
        throw new FormatError(`${name}: sample ${label} has ${what}${more} ${missing} at time ${at}`);
      }
      for (const axis of axes) {
        for (const known of vertices) {
          positions[into++] = numberIn(frame.get(known)!, axis, columns[axis]!, name);
        }
      }
    }
  }
  const motions: Motions = {
    count: samples.length,
    frames,
    dimensions: axes.length,
    vertices: vertices.length,
    positions,
    edges: null,
  };
  checkMotions(motions, name);
  return { motions, samples, vertices };
}

/** Reads columns from and to, and sample unless all recordings have the same edges: [samples, vertices, vertices]. */
export function edgesFromCsv(
  text: string,
  name: string,
  names: {
    readonly samples: readonly string[];
    readonly vertices: readonly string[];
    readonly directed: boolean;
  },
): Uint8Array {
  const { columns, rows } = tableOf(text, name);
  const [from, to] = ['from', 'to'].map((column) => place(columns, column, name)) as [number, number];
  const sample = columns.indexOf('sample');
  const size = names.vertices.length;
  const edges = new Uint8Array(names.samples.length * size ** 2);
  const known = (row: Row, column: number, list: readonly string[], what: string): number => {
    const index = list.indexOf(row.cells[column]!);
    if (index >= 0) return index;
    throw new FormatError(
      `${name}: line ${row.line} has the ${what} ${JSON.stringify(row.cells[column])}, which no recording has`,
    );
  };
  for (const row of rows) {
    const i = known(row, from, names.vertices, 'vertex');
    const j = known(row, to, names.vertices, 'vertex');
    const all = sample < 0 ? names.samples.map((_, s) => s) : [known(row, sample, names.samples, 'sample')];
    for (const s of all) {
      edges[(s * size + i) * size + j] = 1;
      if (!names.directed) edges[(s * size + j) * size + i] = 1;
    }
  }
  return edges;
}

function tableOf(text: string, name: string): { columns: readonly string[]; rows: readonly Row[] } {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  const rows = lines
    .map((line, i) => ({ line: i + 1, cells: line.split(',').map((cell) => cell.trim()) }))
    .filter(({ cells }) => cells.length > 1 || cells[0] !== '');
  const [head, ...body] = rows;
  if (head === undefined) throw new FormatError(`${name}: the first line must name the columns, got nothing`);
  const columns = head.cells.map((cell) => cell.toLowerCase());
  const uneven = body.find(({ cells }) => cells.length !== columns.length);
  if (uneven !== undefined) {
    throw new FormatError(
      `${name}: line ${uneven.line} must have ${columns.length} cells as the first, got ${uneven.cells.length}`,
    );
  }
  return { columns, rows: body };
}

function place(columns: readonly string[], column: string, name: string): number {
  const at = columns.indexOf(column);
  if (at >= 0) return at;
  throw new FormatError(`${name}: columns must have ${column}, got ${columns.join(', ')}`);
}

function numberIn({ line, cells }: Row, at: number, column: string, name: string): number {
  const value = cells[at] === '' ? Number.NaN : Number(cells[at]);
  if (Number.isFinite(value)) return value;
  throw new FormatError(
    `${name}: line ${line} must have a number as ${column}, got ${JSON.stringify(cells[at])}`,
  );
}

function inside<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key) ?? make();
  map.set(key, known);
  return known;
}
