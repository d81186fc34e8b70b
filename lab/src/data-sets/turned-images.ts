// Images turned about their centre and scaled: the same things seen differently, for tasks that are more or less alike.
import type { LabelledImages } from './image-set.ts';

export interface TurnOptions {
  readonly width: number;
  readonly height: number;
  /** Counter-clockwise. */
  readonly degrees: number;
  /** Above 1 enlarges; 1 when left out. */
  readonly scale?: number;
}

/**
 * Each image turned and scaled, the grey levels between pixels interpolated bilinearly, 0 outside the image.
 * @throws RangeError for a scale that is not above 0, or images of another size
 */
export function turnedImages(images: LabelledImages, options: TurnOptions): LabelledImages {
  const { width, height, degrees, scale = 1 } = options;
  if (!(scale > 0)) throw new RangeError('A scale is above 0.');
  const pixels = width * height;
  if (images.images.length !== images.count * pixels) throw new RangeError('The images are of another size.');
  const cosine = Math.cos((degrees * Math.PI) / 180) / scale;
  const sine = Math.sin((degrees * Math.PI) / 180) / scale;
  const centreX = (width - 1) / 2;
  const centreY = (height - 1) / 2;
  const out = new Uint8Array(images.images.length);
  // Where each pixel comes from is the same in all images.
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      // With y downwards, a turn to the left by α looks up the place turned back by it.
      const fromX = cosine * (x - centreX) - sine * (y - centreY) + centreX;
      const fromY = sine * (x - centreX) + cosine * (y - centreY) + centreY;
      const left = Math.floor(fromX);
      const top = Math.floor(fromY);
      const right = fromX - left;
      const below = fromY - top;
      const corners = [
        { x: left, y: top, weight: (1 - right) * (1 - below) },
        { x: left + 1, y: top, weight: right * (1 - below) },
        { x: left, y: top + 1, weight: (1 - right) * below },
        { x: left + 1, y: top + 1, weight: right * below },
      ].filter((at) => at.weight > 0 && at.x >= 0 && at.x < width && at.y >= 0 && at.y < height);
      for (let image = 0; image < images.count; image++) {
        let level = 0;
        for (const at of corners)
          level += at.weight * (images.images[image * pixels + at.y * width + at.x] ?? 0);
        out[image * pixels + y * width + x] = Math.round(level);
      }
    }
  }
  return { ...images, images: out };
}
