// What a vector is found by: the text it was computed from.
import { hash } from 'node:crypto';

/** Length of a key. */
export const keyBytes = 16;

/** The first 128 bits of the SHA-256 of a text. */
export function contentKey(text: string): Uint8Array {
  return hash('sha256', text, 'buffer').subarray(0, keyBytes);
}
