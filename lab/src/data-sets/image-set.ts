// Labelled images of one size.

export interface LabelledImages {
  /** Grey levels 0–255, [count, height · width]. */
  readonly images: Uint8Array;
  /** Class of each image, [count]. */
  readonly labels: Uint8Array;
  readonly count: number;
}

/** The first 10,000 training images and the first 5,000 test images of a published set, in its own order. */
export interface ImageSet {
  readonly train: LabelledImages;
  readonly test: LabelledImages;
  readonly height: number;
  readonly width: number;
  readonly classes: number;
}
