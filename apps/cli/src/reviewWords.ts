/**
 * Contractions apart, other words with their hyphens, points and slashes, and marks one by one:
 * the pieces are n't, 's and the like; what stands before n't; words; marks.
 */
const PIECE =
  /n['’]t(?![\p{L}\p{N}])|['’](?:s|m|re|ve|ll|d)(?![\p{L}\p{N}])|[\p{L}\p{N}]+?(?=n['’]t(?![\p{L}\p{N}]))|[\p{L}\p{N}]+(?:[./-][\p{L}\p{N}]+)*|[^\s\p{L}\p{N}]/giu;

/** The words of a text as BeerAdvocate's files, and generated reviews, write them: "did n't", "it 's". */
export function reviewWords(text: string): string[] {
  return (text.toLowerCase().match(PIECE) ?? []).map((word) => word.replace('’', "'"));
}
