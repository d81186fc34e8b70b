// Some images of a set with their classes, as a network takes them.
import type { LabelledImages } from './image-set.ts';
import { pixelRows } from './pixel-rows.ts';

export interface LabelledRows {
  /** Grey levels in [0, 1], [count, height · width]. */
  readonly images: Float32Array<ArrayBuffer>;
  /** Class of each image, [count]. */
  readonly labels: Uint8Array;
  readonly count: number;
}

/**
 * @param rows which images, in the order in which they are wanted
 * @throws RangeError for an image that there is not
 */
export function labelledRows(set: LabelledImages, rows: ArrayLike<number>): LabelledRows {
  return {
    images: pixelRows(set, rows),
    labels: Uint8Array.from(rows, (row) => set.labels[row] ?? 0),
    count: rows.length,
  };
}

/** The first images of a set. @throws RangeError where it has fewer */
export function firstRows(set: LabelledImages, count: number): LabelledRows {
  return labelledRows(
    set,
    Uint32Array.from({ length: count }, (_, row) => row),
  );
}
