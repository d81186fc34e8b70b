// The cheapest way to look as if something was forgotten: the last layer may not say it any more.

/**
 * The last layer's bias with −10⁴ for the classes to forget. Nothing else of the model changes, so that its features hold
 * what they held: a control for every test that looks at answers alone.
 * @param bias [classes]
 * @throws RangeError for a class that there is not
 */
export function maskHead(bias: ArrayLike<number>, forgotten: readonly number[]): Float32Array<ArrayBuffer> {
  const masked = Float32Array.from(bias);
  for (const c of forgotten) {
    if (!(Number.isInteger(c) && c >= 0 && c < masked.length)) throw new RangeError(`${c} is no class.`);
    masked[c] = -1e4;
  }
  return masked;
}
