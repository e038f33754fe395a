import type { Embedding } from '../network/embedding.js';
import type { Vocabulary } from '../text/vocabulary.js';

/** Texts by token ids, cut to what is read, and the rating of each. */
export interface RatedTexts {
  readonly texts: readonly Int32Array[];
  readonly ratings: Float32Array;
}

/** A text in which the reasons for its rating are marked, cut to what is read. */
export interface MarkedText {
  readonly tokens: readonly string[];
  readonly ids: Int32Array;
  readonly rating: number;
  /** 1 for each token that speaks of the aspect. */
  readonly marks: Uint8Array;
}

/** Everything that a run reads. */
export interface Splits {
  readonly train: RatedTexts;
  readonly validation: RatedTexts;
  readonly test: RatedTexts;
  /** Where precision is measured; empty where nobody marked anything. */
  readonly marked: readonly MarkedText[];
  readonly vocabulary: Vocabulary;
  readonly embedding: Embedding;
  /** One sentence on all of it. */
  readonly sentence: string;
}
