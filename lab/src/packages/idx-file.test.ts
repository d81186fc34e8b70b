import { describe, expect, it } from 'vitest';
import { LabError } from '../lab-error.ts';
import { parseIdx } from './idx-file.ts';

/** Written by hand after the format's description. */
const twoByThree = Uint8Array.of(0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6);

describe('an IDX file', () => {
  it('is its sizes and its bytes', () =>
    expect(parseIdx(twoByThree, 'it')).toEqual({
      shape: [2, 3],
      values: Uint8Array.of(1, 2, 3, 4, 5, 6),
    }));

  it.each([
    ['is empty', twoByThree.subarray(0, 0)],
    ['ends in its header', twoByThree.subarray(0, 9)],
    ['ends in its bytes', twoByThree.subarray(0, 17)],
    ['goes on after its bytes', Uint8Array.of(...twoByThree, 7)],
    ['holds floats', Uint8Array.of(0, 0, 13, 1, 0, 0, 0, 0)],
    ['has no sizes', Uint8Array.of(0, 0, 8, 0)],
    ['is packed', Uint8Array.of(31, 139, 8, 0, 0, 0, 0, 0)],
  ])('that %s is refused', (_, bytes) => expect(() => parseIdx(bytes, 'it')).toThrow(LabError));
});
