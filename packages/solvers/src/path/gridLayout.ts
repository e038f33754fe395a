/** Where the numbers of a grid are: in theta, and in a copy with a border of walls around it. */
export interface GridLayout {
  /** Numbers in theta. */
  readonly size: number;
  /** Whether weights belong to cells, not to edges. */
  readonly ofCells: boolean;
  /** Cells of the bordered grid. */
  readonly cells: number;
  /** Rows of weights, each as wide as `columns`, from theta[theta] to weights[weights]. */
  readonly strips: readonly Strip[];
  /** Length of `weights`. */
  readonly length: number;
  /** From a cell to its neighbours, ascending. */
  readonly offsets: readonly number[];
  /** From a cell to the weight of the step from its neighbour k to it, and of the step from it to neighbour k. */
  readonly arriving: readonly number[];
  readonly leaving: readonly number[];
  /** The bordered cell of a cell. */
  bordered(cell: number): number;
  /** The element of theta that is at an index of `weights`. */
  elementAt(index: number): number;
  /** The name of an element in error messages. */
  label(element: number): string;
}

/** The weights of all cells, or of all edges of one direction: a rectangle, row by row, both in theta and in weights. */
export interface Strip {
  readonly rows: number;
  readonly columns: number;
  /** Where the rectangle starts, in theta and in weights. */
  readonly element: number;
  readonly index: number;
}

/** The directions that edges are listed in: right, down, down right, down left. */
const directions: readonly (readonly [down: number, right: number])[] = [
  [0, 1],
  [1, 0],
  [1, 1],
  [1, -1],
];

export function gridLayout(
  height: number,
  width: number,
  neighbours: 4 | 8,
  weights: 'vertex' | 'edge',
): GridLayout {
  const stride = width + 2;
  const cells = (height + 2) * stride;
  const ofCells = weights === 'vertex';
  const used = directions.slice(0, neighbours / 2);
  const strips: Strip[] = [];
  let size = 0;
  const add = (rows: number, columns: number, index: number): void => {
    strips.push({ rows, columns, element: size, index });
    size += rows * columns;
  };
  if (ofCells) add(height, width, stride + 1);
  else {
    used.forEach(([down, right], plane) => {
      add(height - down, width - Math.abs(right), plane * cells + stride + 1 + (right < 0 ? 1 : 0));
    });
  }

  const steps = used.flatMap(([down, right], plane) => {
    const offset = down * stride + right;
    // An edge is stored at the cell that it leaves.
    const edge = plane * cells;
    return [
      { offset, edge },
      { offset: -offset, edge: edge - offset },
    ];
  });
  steps.sort((a, b) => a.offset - b.offset);

  const stripAt = (index: number): Strip => strips[ofCells ? 0 : Math.floor(index / cells)]!;

  return {
    size,
    ofCells,
    cells,
    strips,
    length: ofCells ? cells : used.length * cells,
    offsets: steps.map(({ offset }) => offset),
    arriving: steps.map(({ offset, edge }) => (ofCells ? offset : edge)),
    leaving: steps.map(({ edge }) => (ofCells ? 0 : edge)),
    bordered: (cell) => (Math.floor(cell / width) + 1) * stride + (cell % width) + 1,
    elementAt(index) {
      const { element, columns, index: corner } = stripAt(index);
      const at = index - corner;
      return element + Math.floor(at / stride) * columns + (at % stride);
    },
    label(element) {
      const plane = strips.findLastIndex(
        (strip) => strip.element <= element && strip.rows * strip.columns > 0,
      );
      const { columns, element: start } = strips[plane]!;
      const row = Math.floor((element - start) / columns);
      const column = (element - start) % columns;
      if (ofCells) return `cell (${row}, ${column})`;
      const [down, right] = used[plane]!;
      const from = right < 0 ? column + 1 : column;
      return `edge (${row}, ${from}) - (${row + down}, ${from + right})`;
    },
  };
}
