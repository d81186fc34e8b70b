// Which pictures a seed trains on, chooses by and is judged by: three sets that share none.
import { pcg32, permutation } from '@offprint/methods';
import type { ImageSet } from '../../data-sets/image-set.ts';
import { firstRows, type LabelledRows, labelledRows } from '../../data-sets/labelled-rows.ts';

export interface SplitPictures {
  readonly train: LabelledRows;
  /** Temperatures and epochs are chosen by these. */
  readonly validation: LabelledRows;
  readonly test: LabelledRows;
}

/** Training and validation pictures are drawn from the published training set by the seed; the test set is the same for all. */
export function splitPictures(
  set: ImageSet,
  seed: number,
  counts: { readonly train: number; readonly validation: number; readonly test: number },
): SplitPictures {
  const order = permutation(set.train.count, pcg32(seed, 20));
  return {
    train: labelledRows(set.train, order.subarray(0, counts.train)),
    validation: labelledRows(set.train, order.subarray(counts.train, counts.train + counts.validation)),
    test: firstRows(set.test, counts.test),
  };
}

/** The validation's pictures and then the test's, as one set. */
export function judgedPictures({ validation, test }: SplitPictures): LabelledRows {
  const images = new Float32Array(validation.images.length + test.images.length);
  images.set(validation.images);
  images.set(test.images, validation.images.length);
  return {
    images,
    labels: Uint8Array.of(...validation.labels, ...test.labels),
    count: validation.count + test.count,
  };
}
