import { chain, projectiveTree, type Sense, segmentation } from '../../src/index.js';
import type { SmallInstance, SolverEntry } from '../entry.js';
import { lexicographic } from '../enumeration.js';

export const sequence: readonly SolverEntry[] = [
  {
    name: 'chain',
    small: [
      [1, 1],
      [1, 5],
      [5, 1],
      [2, 2],
      [5, 2],
      [3, 3],
      [4, 2],
      [2, 4],
    ].map(([length, labels]) => chainOf(length!, labels!)),
  },
  {
    name: 'segmentation',
    small: [
      segmentationOf(1, 1, 1, false),
      segmentationOf(1, 1, 3, true),
      segmentationOf(5, 1, 2, false),
      segmentationOf(6, 3, 1, false),
      segmentationOf(4, 2, 2, false),
      segmentationOf(4, 4, 2, false),
      segmentationOf(3, 2, 2, true),
      segmentationOf(4, 3, 2, true),
      segmentationOf(2, 2, 3, true),
      segmentationOf(5, 5, 1, true),
    ],
  },
  {
    name: 'projectiveTree',
    small: (['one', 'many'] as const).flatMap((roots) =>
      [1, 2, 3, 4].map((words) => projectiveOf(words, roots)),
    ),
  },
];

/** All words of a length over an alphabet, as digits. */
function sequences(length: number, letters: number): number[][] {
  let words: number[][] = [[]];
  for (let t = 0; t < length; t++) {
    words = words.flatMap((word) => Array.from({ length: letters }, (_, letter) => [...word, letter]));
  }
  return words;
}

function chainOf(length: number, labels: number): SmallInstance {
  return {
    label: `length ${length}, ${labels} labels`,
    build: (sense: Sense) => chain({ length, labels, sense }),
    states: () =>
      lexicographic(
        sequences(length, labels).map((word) => {
          const labelled = word.flatMap((label) => oneHot(labels, label));
          const pairs = word
            .slice(1)
            .flatMap((label, t) => oneHot(labels * labels, word[t]! * labels + label));
          return [...labelled, ...pairs];
        }),
      ),
  };
}

function oneHot(size: number, one: number): number[] {
  return Array.from({ length: size }, (_, i) => +(i === one));
}

/** Of every 0/1 way to cut and to label: the cuts say where segments end, and each takes its label from a word. */
function segmentationOf(
  length: number,
  maxLength: number,
  labels: number,
  transitions: boolean,
): SmallInstance {
  const segments: string[] = [];
  for (let s = 0; s < length; s++)
    for (let l = 1; l <= Math.min(maxLength, length - s); l++)
      for (let k = 0; k < labels; k++) segments.push(`${s} ${l} ${k}`);
  const changes: string[] = [];
  if (transitions)
    for (let p = 1; p < length; p++)
      for (let a = 0; a < labels; a++) for (let b = 0; b < labels; b++) changes.push(`change ${p} ${a} ${b}`);
  const elements = [...segments, ...changes];

  const states: number[][] = [];
  for (const cuts of sequences(length - 1, 2)) {
    const starts = [0, ...cuts.flatMap((cut, i) => (cut === 1 ? [i + 1] : []))];
    const lengths = starts.map((s, i) => (starts[i + 1] ?? length) - s);
    if (lengths.some((l) => l > maxLength)) continue;
    for (const word of sequences(starts.length, labels)) {
      const ones = new Set(starts.map((s, i) => `${s} ${lengths[i]} ${word[i]}`));
      for (let i = 1; i < starts.length; i++) ones.add(`change ${starts[i]} ${word[i - 1]} ${word[i]}`);
      states.push(elements.map((element) => +ones.has(element)));
    }
  }
  return {
    label: `length ${length}, at most ${maxLength}, ${labels} labels${transitions ? ', transitions' : ''}`,
    build: (sense: Sense) => segmentation({ length, maxLength, labels, transitions, sense }),
    states: () => lexicographic(states),
  };
}

/** Of all choices of a head for each word: those that are trees, without crossing arcs, with as many roots as wanted. */
function projectiveOf(words: number, roots: 'one' | 'many'): SmallInstance {
  const arcs: [head: number, modifier: number][] = [];
  for (let h = 0; h <= words; h++) for (let m = 1; m <= words; m++) if (h !== m) arcs.push([h, m]);
  const trees = sequences(words, words + 1).filter((headOf) => {
    const head = (word: number) => headOf[word - 1]!;
    const descends = (word: number, ancestor: number): boolean => {
      for (let steps = 0, w = word; steps <= words; steps++) {
        if (w === ancestor) return true;
        if (w === 0) return false;
        w = head(w);
      }
      return false;
    };
    const all = Array.from({ length: words }, (_, i) => i + 1);
    const rooted = headOf.filter((h) => h === 0).length;
    return (
      (roots === 'many' || rooted === 1) &&
      all.every((w) => head(w) !== w && descends(w, 0)) &&
      all.every((m) =>
        all.every((w) => w <= Math.min(m, head(m)) || w >= Math.max(m, head(m)) || descends(w, head(m))),
      )
    );
  });
  return {
    label: `${words} words, ${roots} ${roots === 'one' ? 'root' : 'roots'}`,
    build: (sense: Sense) => projectiveTree({ words, roots, sense }),
    states: () => trees.map((headOf) => arcs.map(([h, m]) => +(headOf[m - 1] === h))),
    ties: 'any',
  };
}
