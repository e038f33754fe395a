import type { Layer } from '@aimle/estimators';
import type { Key } from '@aimle/random';
import type { DrawingsFigure, Figure } from '@aimle/training';
import { marginalsOf } from '../evaluation/marginals.js';
import type { RelationalNetwork } from '../model/network.js';
import { edgeCount, pairsOf } from '../model/pairs.js';
import { edgesOf, type PositionScale } from '../motion/batch.js';
import type { Motions } from '../motion/motions.js';
import { drawRecording } from './drawRecording.js';
import type { Snapshot } from './snapshots.js';

const RECORDINGS = 8;
const size = { kind: 'drawings', columns: 4, width: 220, height: 220 } as const;
const legend = 'Blue: edges, wider and stronger the more often they are drawn.';

export function figuresOf(
  network: RelationalNetwork,
  layer: Layer,
  motions: Motions,
  { scale, key }: { readonly scale: PositionScale; readonly key: Key },
): Figure[] {
  if (motions.dimensions !== 2) return [];
  const indices = Array.from({ length: Math.min(RECORDINGS, motions.count) }, (_, i) => i);
  const marginals = marginalsOf(network, layer, motions, { scale, key, indices });
  const edges = layer.solver.size;
  const directed = edges === edgeCount(motions.vertices, true);
  return [
    {
      ...size,
      name: 'trees',
      title: 'Trees from motion',
      caption: `Recordings the model never saw: each vertex with its trail. ${legend}${dashed(motions)}`,
      drawings: indices.map((i) =>
        drawn(motions, i, marginals.subarray(i * edges, (i + 1) * edges), directed),
      ),
    },
  ];
}

/** Draws how the predicted edges of one recording changed in training, from left to right. */
export function snapshotsFigure(
  snapshots: readonly Snapshot[],
  motions: Motions,
  directed: boolean,
): DrawingsFigure[] {
  if (motions.dimensions !== 2 || snapshots.length < 2) return [];
  return [
    {
      ...size,
      name: 'training',
      title: 'Predicted edges during training',
      caption: `A recording held out from training, after ${snapshots.map(({ step }) => step).join(', ')} steps. ${legend}${dashed(motions)}`,
      drawings: snapshots.map(({ step, marginals }) => {
        const drawing = drawn(motions, 0, Float32Array.from(marginals), directed);
        return { ...drawing, label: `after ${step} steps, ${drawing.label}` };
      }),
    },
  ];
}

const dashed = ({ edges }: Motions): string => (edges === null ? '' : ' Dashed: the true edges.');

function drawn(motions: Motions, index: number, marginals: Float32Array, directed: boolean) {
  const { frames, vertices, positions, count } = motions;
  const length = positions.length / count;
  const lines = (edges: Float32Array) => (directed ? eitherWay(edges, vertices) : edges);
  return drawRecording({
    frames,
    vertices,
    positions: positions.subarray(index * length, (index + 1) * length),
    marginals: lines(marginals),
    truth: motions.edges && lines(edgesOf(motions, [index], directed)),
  });
}

/** Adds up both directions, because lines are drawn without heads. */
function eitherWay(marginals: Float32Array, vertices: number): Float32Array {
  const lines = new Float32Array(edgeCount(vertices, false));
  const { edge } = pairsOf(vertices, true);
  pairsOf(vertices, false).edge.forEach((line, pair) => {
    lines[line]! += marginals[edge[pair]!]!;
  });
  return lines;
}
