// Who is forgotten: the digits to forget and to keep, for training, for testing, and as another task.
import type { ImageSet, LabelledImages } from '../../data-sets/image-set.ts';
import { pixelRows } from '../../data-sets/pixel-rows.ts';
import { turnedImages } from '../../data-sets/turned-images.ts';

/** Images as a network takes them, with their digits. */
export interface Digits {
  /** In [0, 1], [count, pixels]. */
  readonly pixels: Float32Array<ArrayBuffer>;
  readonly labels: Uint8Array;
  readonly count: number;
}

export interface DigitSets {
  readonly forgotten: readonly number[];
  readonly classes: number;
  readonly train: Digits;
  readonly test: Digits;
  /** The downstream task, digits turned and shrunk: those whose features vote, and those that are judged. */
  readonly downstream: { readonly reference: Digits; readonly judged: Digits };
}

/** How the downstream task's digits differ from those trained on. */
const turned = { degrees: 25, scale: 0.7 };

export interface SetSizes {
  /** Training images; those from 8,000 on are for choosing learning rates. */
  readonly train: number;
  /** Test images, the first ones. */
  readonly test: number;
  /** Test images after them of which the downstream task is made, half of them as reference. */
  readonly downstream: number;
}

export function digitSets(set: ImageSet, forgotten: readonly number[], sizes: SetSizes): DigitSets {
  const { width, height, classes } = set;
  const others = sliceOf(set.test, sizes.test, sizes.test + sizes.downstream);
  const seenOtherwise = turnedImages(others, { width, height, ...turned });
  const half = Math.floor(others.count / 2);
  return {
    forgotten,
    classes,
    train: digitsOf(sliceOf(set.train, 0, sizes.train)),
    test: digitsOf(sliceOf(set.test, 0, sizes.test)),
    downstream: {
      reference: digitsOf(sliceOf(seenOtherwise, 0, half)),
      judged: digitsOf(sliceOf(seenOtherwise, half, others.count)),
    },
  };
}

/** Whether each image is of a forgotten digit. */
export function isForgotten({ forgotten }: Pick<DigitSets, 'forgotten'>, { labels }: Digits): boolean[] {
  return Array.from(labels, (label) => forgotten.includes(label));
}

/** The places that a condition holds for. */
export function placesOf(holds: readonly boolean[], wanted: boolean): number[] {
  return holds.flatMap((is, place) => (is === wanted ? [place] : []));
}

function digitsOf(images: LabelledImages): Digits {
  const rows = Array.from({ length: images.count }, (_, row) => row);
  return { pixels: pixelRows(images, rows), labels: images.labels, count: images.count };
}

/** The images from one place up to before another, as far as there are any. */
function sliceOf({ images, labels, count }: LabelledImages, from: number, to: number): LabelledImages {
  const end = Math.min(to, count);
  const pixels = images.length / count;
  return {
    images: images.subarray(from * pixels, end * pixels),
    labels: labels.subarray(from, end),
    count: end - from,
  };
}
