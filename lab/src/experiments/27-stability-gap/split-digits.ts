// The stream of tasks: pairs of digits one after the other, or all digits turned further and further.
import type { ImageSet, LabelledImages } from '../../data-sets/image-set.ts';

/** What one task is learnt from and tested on. */
export interface Task {
  readonly images: LabelledImages;
  /** Which of them are its training examples. */
  readonly train: readonly number[];
  readonly test: { readonly images: LabelledImages; readonly rows: readonly number[] };
  /** Its digits, as 1 and 0 over all ten. */
  readonly classes: readonly number[];
}

export interface SplitOptions {
  readonly tasks: number;
  /** How many test images of each digit; the first ones, the same before and after every step. */
  readonly testPerClass: number;
}

/** How many of the training images are trained on; those after them are for choosing learning rates. */
export const trainingImages = 8000;

/** Tasks of two digits each: 0 and 1, 2 and 3, and so on. */
export function splitDigits(
  { train, test, classes }: ImageSet,
  { tasks, testPerClass }: SplitOptions,
): Task[] {
  return Array.from({ length: tasks }, (_, task) => {
    const own = [2 * task, 2 * task + 1];
    return {
      images: train,
      train: rowsOf(train, own, trainingImages),
      test: { images: test, rows: own.flatMap((digit) => rowsOf(test, [digit]).slice(0, testPerClass)) },
      classes: Array.from({ length: classes }, (_, digit) => (own.includes(digit) ? 1 : 0)),
    };
  });
}

/** All ten digits as one task, of images that may have been turned. */
export function allDigits(
  train: LabelledImages,
  test: LabelledImages,
  { classes, testPerClass }: { readonly classes: number; readonly testPerClass: number },
): Task {
  const digits = Array.from({ length: classes }, (_, digit) => digit);
  return {
    images: train,
    train: rowsOf(train, digits, trainingImages),
    test: { images: test, rows: digits.flatMap((digit) => rowsOf(test, [digit]).slice(0, testPerClass)) },
    classes: digits.map(() => 1),
  };
}

function rowsOf({ labels, count }: LabelledImages, digits: readonly number[], below = count): number[] {
  const rows: number[] = [];
  for (let row = 0; row < Math.min(below, count); row++) {
    if (digits.includes(labels[row] ?? -1)) rows.push(row);
  }
  return rows;
}
