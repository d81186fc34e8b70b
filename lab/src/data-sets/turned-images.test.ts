import { describe, expect, it } from 'vitest';
import { oneHotRows, pixelRows } from './pixel-rows.ts';
import { turnedImages } from './turned-images.ts';

const image = {
  images: Uint8Array.from([10, 20, 30, 40, 50, 60, 70, 80, 90]),
  labels: Uint8Array.of(1),
  count: 1,
};
const size = { width: 3, height: 3 };

describe('turned images', () => {
  it('by a quarter to the left have their right column on top', () => {
    const { images } = turnedImages(image, { ...size, degrees: 90 });
    expect(Array.from(images)).toEqual([30, 60, 90, 20, 50, 80, 10, 40, 70]);
  });

  it('by nothing are the same, and by four quarters too', () => {
    for (const degrees of [0, 360]) {
      expect(Array.from(turnedImages(image, { ...size, degrees }).images)).toEqual(Array.from(image.images));
    }
  });

  it('keep their centre at every angle and scale, and are dark outside', () => {
    for (const degrees of [17, 45, 201])
      expect(turnedImages(image, { ...size, degrees, scale: 0.5 }).images[4]).toBe(50);
    const { images } = turnedImages(image, { ...size, degrees: 0, scale: 0.5 });
    expect(Array.from(images)).toEqual([0, 0, 0, 0, 50, 0, 0, 0, 0]);
  });

  it('enlarged lie between the pixels they were', () => {
    const { images } = turnedImages(image, { ...size, degrees: 0, scale: 2 });
    expect(Array.from(images)).toEqual([30, 35, 40, 45, 50, 55, 60, 65, 70]);
  });

  it('are turned one like the other', () => {
    const two = {
      images: Uint8Array.of(...image.images, ...image.images),
      labels: Uint8Array.of(1, 2),
      count: 2,
    };
    const { images, labels } = turnedImages(two, { ...size, degrees: 33 });
    expect(images.slice(0, 9)).toEqual(images.slice(9));
    expect(labels).toEqual(two.labels);
  });

  it('refuse another size and no scale', () => {
    expect(() => turnedImages(image, { width: 2, height: 2, degrees: 0 })).toThrow(RangeError);
    expect(() => turnedImages(image, { ...size, degrees: 0, scale: 0 })).toThrow(RangeError);
  });
});

describe('rows of pixels', () => {
  const two = { images: Uint8Array.of(0, 255, 51, 102), labels: Uint8Array.of(2, 0), count: 2 };

  it('lie in [0, 1], in the order asked for', () => {
    const rows = pixelRows(two, [1, 0, 1]);
    expect(rows).toHaveLength(6);
    for (const [i, level] of [0.2, 0.4, 0, 1, 0.2, 0.4].entries()) expect(rows[i]).toBeCloseTo(level, 6);
    expect(() => pixelRows(two, [2])).toThrow(RangeError);
  });

  it('have their classes beside them', () => {
    expect(Array.from(oneHotRows(two.labels, [1, 0], 3))).toEqual([1, 0, 0, 0, 0, 1]);
  });
});
