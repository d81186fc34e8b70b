// Which pictures a seed trains on, chooses by and is judged by: three sets that share none.
import { pcg32, type Random } from '@offprint/methods';
import type { ImageSet, LabelledImages } from '../../data-sets/image-set.ts';

export interface Pictures {
  /** Grey levels in [0, 1], [count, 784]. */
  readonly images: Float32Array<ArrayBuffer>;
  readonly labels: Uint8Array;
  readonly count: number;
}

export interface SplitPictures {
  readonly train: Pictures;
  /** Temperatures and epochs are chosen by these. */
  readonly validation: Pictures;
  readonly test: Pictures;
}

/** Training and validation pictures are drawn from the published training set by the seed; the test set is the same for all. */
export function splitPictures(
  set: ImageSet,
  seed: number,
  counts: { readonly train: number; readonly validation: number; readonly test: number },
): SplitPictures {
  const order = permutation(pcg32(seed, 20), set.train.count);
  return {
    train: take(set.train, order.subarray(0, counts.train)),
    validation: take(set.train, order.subarray(counts.train, counts.train + counts.validation)),
    test: take(
      set.test,
      Uint32Array.from({ length: counts.test }, (_, i) => i),
    ),
  };
}

/** The validation's pictures and then the test's, as one set. */
export function judgedPictures({ validation, test }: SplitPictures): Pictures {
  return {
    images: joined(validation.images, test.images),
    labels: Uint8Array.of(...validation.labels, ...test.labels),
    count: validation.count + test.count,
  };
}

/** A random order of 0 … count − 1 (Fisher–Yates). */
export function permutation(random: Random, count: number): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i -= 1) {
    const j = random.nextBelow(i + 1);
    [order[i], order[j]] = [order[j] ?? 0, order[i] ?? 0];
  }
  return order;
}

function joined(first: Float32Array, second: Float32Array): Float32Array<ArrayBuffer> {
  const both = new Float32Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}

function take({ images, labels, count }: LabelledImages, places: Uint32Array): Pictures {
  const pixels = images.length / count;
  const taken = new Float32Array(places.length * pixels);
  places.forEach((place, i) => {
    for (let j = 0; j < pixels; j += 1) taken[i * pixels + j] = (images[place * pixels + j] ?? 0) / 255;
  });
  return {
    images: taken,
    labels: Uint8Array.from(places, (place) => labels[place] ?? 0),
    count: places.length,
  };
}
