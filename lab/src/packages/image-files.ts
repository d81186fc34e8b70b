// Labelled images from the four IDX files of a published set, cut to the size that the lab works with.
import type { ImageSet, LabelledImages } from '../data-sets/image-set.ts';
import { LabError } from '../lab-error.ts';
import { parseIdx } from './idx-file.ts';

/** How many of each half an experiment sees, so that a browser loads a few megabytes. */
const trainImages = 10_000;
const testImages = 5_000;

/**
 * The first training and test images in the set's own order.
 * @param read the bytes of a file by its published name, such as `train-images-idx3-ubyte`
 * @throws LabError `damaged-file` when images and labels do not fit each other
 */
export async function readImageSet(
  name: string,
  classes: number,
  read: (file: string) => Promise<Uint8Array>,
): Promise<ImageSet> {
  const half = async (
    prefix: string,
    most: number,
  ): Promise<LabelledImages & { height: number; width: number }> => {
    const [images, labels] = await Promise.all([
      read(`${prefix}-images-idx3-ubyte`),
      read(`${prefix}-labels-idx1-ubyte`),
    ]);
    const pixels = parseIdx(images, `${prefix}-images of ${name}`);
    const classOf = parseIdx(labels, `${prefix}-labels of ${name}`);
    const [available = 0, height = 0, width = 0] = pixels.shape;
    const count = Math.min(available, most);
    if (pixels.shape.length !== 3 || classOf.shape.length !== 1 || classOf.shape[0] !== available)
      throw new LabError('damaged-file', `${name} has images without labels: install its package again.`);
    if (classOf.values.some((label) => label >= classes))
      throw new LabError(
        'damaged-file',
        `${name} has a label above ${classes - 1}: install its package again.`,
      );
    return {
      // Copies, so that the files' other images need not stay in memory.
      images: new Uint8Array(pixels.values.subarray(0, count * height * width)),
      labels: new Uint8Array(classOf.values.subarray(0, count)),
      count,
      height,
      width,
    };
  };
  const [train, test] = await Promise.all([half('train', trainImages), half('t10k', testImages)]);
  if (train.height !== test.height || train.width !== test.width)
    throw new LabError('damaged-file', `${name} has images of two sizes: install its package again.`);
  const { height, width } = train;
  return { train: labelled(train), test: labelled(test), height, width, classes };
}

function labelled({ images, labels, count }: LabelledImages): LabelledImages {
  return { images, labels, count };
}
