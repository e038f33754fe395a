interface DrawnRecording {
  readonly frames: number;
  readonly vertices: number;
  /** [frames, 2, vertices]. */
  readonly positions: Float32Array;
  /** Probability of each edge, (0,1), (0,2), ..., (1,2), ... */
  readonly marginals: Float32Array;
  /** Zeros and ones in the same order; null if not known. */
  readonly truth: Float32Array | null;
}

const SIZE = 220;
const MARGIN = 14;
/** Edges with a smaller probability are not drawn. */
const MIN_PROBABILITY = 0.05;

/** For light and dark pages: a picture takes the colours of the reader's choice by itself. */
const STYLE = `<style>
svg { --paper: #f7f5f0; --ink: #26221c; --trail: #9a948a; --edge: #1f5fa8; }
@media (prefers-color-scheme: dark) { svg { --paper: #24211d; --ink: #ebe7df; --trail: #8b8479; --edge: #7fb3ee; } }
.paper { fill: var(--paper); } .trails { fill: none; stroke: var(--trail); stroke-opacity: .7; }
.believed { stroke: var(--edge); stroke-linecap: round; } .dots { fill: var(--ink); }
.real { stroke: var(--ink); stroke-width: 1.2; stroke-dasharray: 4 3; }
</style>`;

/** Draws the vertices with their trails, and the edges between them, with a text alternative. */
export function drawRecording(recording: DrawnRecording): { label: string; svg: string } {
  const { vertices, marginals, truth } = recording;
  const at = placed(recording);
  const last = recording.frames - 1;
  const [believed, real]: [string[], string[]] = [[], []];
  let [found, edges, e] = [0, 0, 0];
  for (let i = 0; i < vertices; i++) {
    for (let j = i + 1; j < vertices; j++, e++) {
      const p = marginals[e]!;
      const line = `x1="${at(last, i, 0)}" y1="${at(last, i, 1)}" x2="${at(last, j, 0)}" y2="${at(last, j, 1)}"`;
      if (p >= MIN_PROBABILITY)
        believed.push(
          `<line ${line} stroke-width="${(6 * p).toFixed(1)}" stroke-opacity="${(0.15 + 0.6 * p).toFixed(2)}"/>`,
        );
      if (truth?.[e] !== 1) continue;
      real.push(`<line ${line}/>`);
      edges++;
      found += p;
    }
  }
  const trails = Array.from({ length: vertices }, (_, v) => {
    const points = Array.from({ length: last + 1 }, (_, t) => `${at(t, v, 0)},${at(t, v, 1)}`);
    return `<polyline points="${points.join(' ')}"/>`;
  });
  const dots = Array.from(
    { length: vertices },
    (_, v) => `<circle cx="${at(last, v, 0)}" cy="${at(last, v, 1)}" r="4"/>`,
  );
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SIZE} ${SIZE}">${STYLE}<rect class="paper" width="${SIZE}" height="${SIZE}" rx="6"/><g class="trails">${trails.join('')}</g><g class="believed">${believed.join('')}</g><g class="real">${real.join('')}</g><g class="dots">${dots.join('')}</g></svg>`;
  const known =
    truth === null ? '' : `; of ${edges} true edges, ${found.toFixed(1)} are in an average drawn tree`;
  return { label: `${vertices} vertices in motion${known}`, svg };
}

/** Returns the place of a vertex in the drawing, scaled to the recording's extent. */
function placed({ positions, vertices }: DrawnRecording): (t: number, v: number, axis: 0 | 1) => string {
  const min = [Infinity, Infinity];
  const max = [-Infinity, -Infinity];
  for (let i = 0; i < positions.length; i++) {
    const axis = Math.floor(i / vertices) % 2;
    min[axis] = Math.min(min[axis]!, positions[i]!);
    max[axis] = Math.max(max[axis]!, positions[i]!);
  }
  const extent = Math.max(max[0]! - min[0]!, max[1]! - min[1]!) || 1;
  const unit = (SIZE - 2 * MARGIN) / extent;
  return (t, v, axis) => {
    const middle = (min[axis]! + max[axis]!) / 2;
    return (SIZE / 2 + (positions[(t * 2 + axis) * vertices + v]! - middle) * unit).toFixed(1);
  };
}
