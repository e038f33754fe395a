import { type CsvRow, type CsvTable, columnIn, decimalNumber, FormatError } from '@aimle/datasets';
import { checkMotions, type NamedMotions } from './motions.js';

const NAMES = ['sample', 'time', 'vertex'] as const;

/** The rows of a sample by vertex, at each time. */
type Frames = Map<number, Map<string, CsvRow>>;

/** Reads columns sample, time, vertex and coordinates; every sample must have each vertex at the same number of times. */
export function motionsFromCsv(table: CsvTable, name: string): NamedMotions {
  const { columns, rows } = tidied(table);
  const axes = columns.flatMap((column, at) => ((NAMES as readonly string[]).includes(column) ? [] : [at]));
  if (axes.length === 0) {
    throw new FormatError(`${name}: columns must name a coordinate beside ${NAMES.join(', ')}, got none`);
  }
  const found = sorted(rows, columns, name);
  const samples = [...found.keys()];
  const first: Frames = found.values().next().value ?? new Map();
  const vertices = [...new Set([...first.values()].flatMap((frame) => [...frame.keys()]))];
  const positions = new Float32Array(samples.length * first.size * axes.length * vertices.length);
  let into = 0;
  for (const [sample, frames] of found) {
    if (frames.size !== first.size) {
      throw new FormatError(
        `${name}: samples must have as many times as ${samples[0]}, ${first.size}, got ${frames.size} in ${sample}`,
      );
    }
    for (const [time, frame] of [...frames].sort(([a], [b]) => a - b)) {
      checkFrame([...frame.keys()], vertices, `${name}: sample ${sample} at time ${time}`);
      for (const axis of axes) {
        for (const vertex of vertices) {
          positions[into++] = numberIn(frame.get(vertex)!, axis, columns[axis]!, name);
        }
      }
    }
  }
  const sizes = { count: samples.length, frames: first.size, vertices: vertices.length };
  const motions = { ...sizes, dimensions: axes.length, positions, edges: null };
  checkMotions(motions, name);
  return { motions, samples, vertices };
}

function sorted(rows: readonly CsvRow[], columns: readonly string[], name: string): Map<string, Frames> {
  const [sample, time, vertex] = NAMES.map((column) => columnIn(columns, column, name)) as [
    number,
    number,
    number,
  ];
  const found = new Map<string, Frames>();
  for (const row of rows) {
    const [inSample, ofVertex] = [row.cells[sample]!, row.cells[vertex]!];
    const at = numberIn(row, time, 'time', name);
    const frames = found.get(inSample) ?? new Map();
    const frame = frames.get(at) ?? new Map();
    if (frame.has(ofVertex)) {
      throw new FormatError(
        `${name}: line ${row.line} repeats vertex ${ofVertex} of sample ${inSample} at time ${at}`,
      );
    }
    found.set(inSample, frames.set(at, frame.set(ofVertex, row)));
  }
  return found;
}

/** Checks that a frame has all vertices of the first sample, and no others. */
function checkFrame(present: readonly string[], vertices: readonly string[], place: string): void {
  const missing = vertices.find((vertex) => !present.includes(vertex));
  if (missing !== undefined)
    throw new FormatError(`${place} must have vertex ${missing}, as the first sample`);
  const stranger = present.find((vertex) => !vertices.includes(vertex));
  if (stranger !== undefined) {
    throw new FormatError(`${place} has a vertex ${stranger}, which the first sample does not have`);
  }
}

/** Reads columns from and to, and sample unless all recordings have the same edges: [samples, vertices, vertices]. */
export function edgesFromCsv(
  table: CsvTable,
  name: string,
  names: Pick<NamedMotions, 'samples' | 'vertices'> & { readonly directed: boolean },
): Uint8Array {
  const { columns, rows } = tidied(table);
  const [from, to] = ['from', 'to'].map((column) => columnIn(columns, column, name)) as [number, number];
  const sample = columns.indexOf('sample');
  const size = names.vertices.length;
  const edges = new Uint8Array(names.samples.length * size ** 2);
  const known = ({ line, cells }: CsvRow, column: number, list: readonly string[], what: string): number => {
    const index = list.indexOf(cells[column]!);
    if (index >= 0) return index;
    throw new FormatError(
      `${name}: line ${line} has the ${what} ${JSON.stringify(cells[column])}, which the recordings do not have`,
    );
  };
  for (const row of rows) {
    const i = known(row, from, names.vertices, 'vertex');
    const j = known(row, to, names.vertices, 'vertex');
    const all = sample < 0 ? names.samples.keys() : [known(row, sample, names.samples, 'sample')];
    for (const s of all) {
      edges[(s * size + i) * size + j] = 1;
      if (!names.directed) edges[(s * size + j) * size + i] = 1;
    }
  }
  return edges;
}

/** Names columns in lower case, and trims cells. */
function tidied({ columns, rows }: CsvTable): CsvTable {
  return {
    columns: columns.map((column) => column.toLowerCase()),
    rows: rows.map(({ line, cells }) => ({ line, cells: cells.map((cell) => cell.trim()) })),
  };
}

function numberIn({ line, cells }: CsvRow, at: number, column: string, name: string): number {
  const value = decimalNumber(cells[at]);
  if (Number.isFinite(value)) return value;
  throw new FormatError(
    `${name}: line ${line} must have a finite number as ${column}, got ${JSON.stringify(cells[at])}`,
  );
}
