// The numbers from 0 up in a random order: what shuffles examples, and what draws without replacement.
import type { Random } from './pcg32.ts';

/**
 * All orders of 0 … n − 1 are equally likely (Fisher & Yates).
 * @param n a whole number from 0 up
 */
export function permutation(n: number, random: Random): Uint32Array<ArrayBuffer> {
  const order = Uint32Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i--) {
    const j = random.nextBelow(i + 1);
    const moved = order[i] ?? 0;
    order[i] = order[j] ?? 0;
    order[j] = moved;
  }
  return order;
}
