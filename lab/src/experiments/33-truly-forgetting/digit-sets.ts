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
  /** Test images. The downstream task is made of the test images after them, half of them as reference. */
  readonly test: number;
}

export function digitSets(set: ImageSet, forgotten: readonly number[], sizes: SetSizes): DigitSets {
  const { width, height, classes } = set;
  const middle = Math.floor((sizes.test + set.test.count) / 2);
  const part = (images: LabelledImages, from: number, to: number) => digitsOf(images, range(from, to));
  const downstream = turnedImages(set.test, { width, height, ...turned });
  return {
    forgotten,
    classes,
    train: part(set.train, 0, sizes.train),
    test: part(set.test, 0, sizes.test),
    downstream: {
      reference: part(downstream, sizes.test, middle),
      judged: part(downstream, middle, set.test.count),
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

function digitsOf(images: LabelledImages, rows: readonly number[]): Digits {
  return {
    pixels: pixelRows(images, rows),
    labels: Uint8Array.from(rows, (row) => images.labels[row] ?? 0),
    count: rows.length,
  };
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);
}
