/**
 * Splits contractions off, keeps hyphens, points and slashes inside words, and separates punctuation. In order: n't;
 * 's and the like; the part before n't; words; punctuation marks.
 */
const PIECE =
  /n['’]t(?![\p{L}\p{N}])|['’](?:s|m|re|ve|ll|d)(?![\p{L}\p{N}])|[\p{L}\p{N}]+?(?=n['’]t(?![\p{L}\p{N}]))|[\p{L}\p{N}]+(?:[./-][\p{L}\p{N}]+)*|[^\s\p{L}\p{N}]/giu;

/** Splits a text into words as BeerAdvocate's files, and generated reviews, do: "did n't", "it 's". */
export function reviewWords(text: string): string[] {
  return (text.toLowerCase().match(PIECE) ?? []).map((word) => word.replace('’', "'"));
}
