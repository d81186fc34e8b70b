// Images as rows of a matrix, which is how a network takes them.
import type { LabelledImages } from './image-set.ts';

/**
 * Grey levels of some images in [0, 1], one image a row.
 * @param rows which images, each in [0, count); one named twice is there twice
 * @returns [rows, height · width]
 * @throws RangeError for an image that there is not
 */
export function pixelRows(
  { images, count }: Pick<LabelledImages, 'images' | 'count'>,
  rows: ArrayLike<number>,
): Float32Array<ArrayBuffer> {
  const pixels = images.length / count;
  const out = new Float32Array(rows.length * pixels);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] ?? -1;
    if (!(row >= 0 && row < count)) throw new RangeError(`There is no image ${row}.`);
    for (let j = 0; j < pixels; j++) out[i * pixels + j] = (images[row * pixels + j] ?? 0) / 255;
  }
  return out;
}

/**
 * Labels as rows with a 1 in the place of the class.
 * @returns [rows, classes]
 */
export function oneHotRows(
  labels: ArrayLike<number>,
  rows: ArrayLike<number>,
  classes: number,
): Float32Array<ArrayBuffer> {
  const out = new Float32Array(rows.length * classes);
  for (let i = 0; i < rows.length; i++) out[i * classes + (labels[rows[i] ?? -1] ?? 0)] = 1;
  return out;
}
