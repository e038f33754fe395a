import type { CheckedFile } from '../folder/dataFile.js';
import { FormatError } from '../format/formatError.js';
import { readIdx } from '../format/idx.js';
import { type ImageSet, SIDE } from './imageSet.js';

/**
 * Reads a pair of idx files, one of images and one of their labels.
 *
 * @throws FormatError when a file is damaged, or the two do not belong together.
 */
export function labelledImages(
  imageFile: CheckedFile,
  labelFile: CheckedFile,
): Pick<ImageSet, 'width' | 'height' | 'count' | 'images' | 'labels'> {
  const images = readIdx(imageFile.bytes, imageFile.path);
  const labels = readIdx(labelFile.bytes, labelFile.path);
  const [count, height, width] = images.shape;
  if (images.shape.length !== 3 || height !== SIDE || width !== SIDE) {
    throw new FormatError(
      `${imageFile.path}: images must have shape [count, 28, 28], got [${images.shape.join(', ')}]`,
    );
  }
  if (labels.shape.length !== 1 || labels.shape[0] !== count) {
    throw new FormatError(
      `${labelFile.path}: labels must have shape [${count}], as many as the images of ${imageFile.path}, got ` +
        `[${labels.shape.join(', ')}]`,
    );
  }
  const wrong = labels.data.findIndex((label) => label > 9);
  if (wrong >= 0) {
    throw new FormatError(
      `${labelFile.path}: labels must be in [0, 9], got ${labels.data[wrong]} at ${wrong}`,
    );
  }
  return { width: SIDE, height: SIDE, count: count!, images: images.data, labels: labels.data };
}
