// Formats: bytes in, bytes out

export { FormatError } from './format/formatError.js';
export { type IdxArray, readIdx, writeIdx } from './format/idx.js';
export { parseJson } from './format/jsonKeys.js';
export { type NpyArray, readNpy, writeNpy } from './format/npy.js';
export { readNpz, writeNpz } from './format/npz.js';
export {
  readSafetensors,
  type SafetensorsFile,
  type SafetensorsTensor,
  writeSafetensors,
} from './format/safetensors.js';

// Images

export { type DigitsOptions, digits } from './digits/digits.js';
export type { ImageSet } from './image/imageSet.js';
export { type LoadMnistOptions, loadMnist } from './image/loadMnist.js';

// Terrain maps

export { generateTerrain, type TerrainOptions } from './terrain/generateTerrain.js';
export { readWarcraftMaps, type WarcraftOptions } from './terrain/readWarcraftMaps.js';
export { type TerrainKind, terrainKinds } from './terrain/terrainKinds.js';
export type { TerrainMaps } from './terrain/terrainMaps.js';

// Reviews and other texts with scores

export { readAnnotations } from './reviews/readAnnotations.js';
export { readReviews } from './reviews/readReviews.js';
export { readScoredTexts, type ScoredTextsOptions } from './reviews/readScoredTexts.js';
export type { AnnotatedReview, Review, Reviews } from './reviews/review.js';
export { describeSkipped, type Skipped } from './reviews/skipped.js';
export { type SyntheticReviewsOptions, syntheticReviews } from './reviews/syntheticReviews.js';
export { wordsOf } from './reviews/words.js';

// Tables, and the numbers in texts

export type { CsvRow } from './table/csvRows.js';
export { decimalNumber } from './table/decimalNumber.js';
export { type CsvTable, columnIn, readCsv } from './table/readCsv.js';

// Vectors of words

export { readVectorTable } from './words/readVectorTable.js';
export { type ReadWordVectors, readWordVectors, type WordVectors } from './words/readWordVectors.js';

// The data folder and what may be in it

export { aspects, type BeerAdvocateFiles, beerAdvocateFiles } from './catalogue/beerAdvocate.js';
export { catalogue } from './catalogue/catalogue.js';
export type { Dataset, DatasetCheck, DatasetFile, DatasetParts, DatasetStatus } from './catalogue/dataset.js';
export { datasetOfFiles } from './catalogue/dataset.js';
export { dataFolder } from './folder/dataFolder.js';
export { fetchSecurely } from './folder/fetchSecurely.js';
export type { DownloadOptions, DownloadProgress } from './folder/download.js';

// Files that are replaced all or nothing

export { replaceFile } from './folder/replaceFile.js';
