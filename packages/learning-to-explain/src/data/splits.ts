import type { Embedding } from '../network/embedding.js';
import type { Vocabulary } from '../text/vocabulary.js';

/** Texts as token ids, cut to maxLength, with their ratings. */
export interface RatedTexts {
  readonly texts: readonly Int32Array[];
  readonly ratings: Float32Array;
}

/** A text in which the words that explain its rating are marked, cut to maxLength. */
export interface MarkedText {
  readonly tokens: readonly string[];
  readonly ids: Int32Array;
  readonly rating: number;
  /** 1 for each token about the aspect. */
  readonly marks: Uint8Array;
}

/** The data of a run. */
export interface Splits {
  readonly train: RatedTexts;
  readonly validation: RatedTexts;
  readonly test: RatedTexts;
  /** Texts that precision is measured on; empty where no words are marked. */
  readonly marked: readonly MarkedText[];
  readonly vocabulary: Vocabulary;
  readonly embedding: Embedding;
  /** One sentence about all of it. */
  readonly description: string;
}
