// One edit between two words, found out by trying: what the look-ups of neighbours are held to.

/** Damerau's distance in its plain form is exactly one. */
export function oneEdit(a: string, b: string): boolean {
  const [x, y] = [[...a], [...b]];
  if (a === b || Math.abs(x.length - y.length) > 1) return false;
  const without = (letters: string[], i: number) => letters.toSpliced(i, 1).join('');
  if (x.length > y.length) return x.some((_, i) => without(x, i) === b);
  if (x.length < y.length) return y.some((_, i) => without(y, i) === a);
  const differing = x.flatMap((one, i) => (one === y[i] ? [] : i));
  const [i = 0, j = 0] = differing;
  return differing.length === 1 || (differing.length === 2 && j === i + 1 && x[i] === y[j] && x[j] === y[i]);
}
