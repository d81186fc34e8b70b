// What every function of paired numbers asks of them first.

/**
 * @param atLeast how many pairs the caller needs
 * @throws RangeError when the sides differ in length, are too short, or hold a number that is not finite
 */
export function checkPairs(x: ArrayLike<number>, y: ArrayLike<number>, atLeast: number): void {
  if (x.length !== y.length) throw new RangeError('Both sides of the pairs must be equally long.');
  if (x.length < atLeast) throw new RangeError(`At least ${atLeast} pairs are needed.`);
  for (const side of [x, y]) {
    for (let i = 0; i < side.length; i++) {
      if (!Number.isFinite(side[i])) throw new RangeError('A value is not a finite number.');
    }
  }
}
