// Fewer points for the same picture: a plot is a few hundred pixels wide, a training curve may have a million steps.

/** More points than this cannot be told apart in a plot. */
export const mostPoints = 600;

/**
 * The indices that are enough to draw a curve: of each of equally many neighbours the lowest and the highest, so that
 * no spike is lost, and the first and the last. All indices when there are few. What is not finite stays a gap: the
 * first such index of a group is kept.
 *
 * @param y [n]
 * @param most how many indices may come back, about
 */
export function thinned(y: readonly number[], most = mostPoints): number[] {
  const { length } = y;
  if (length <= most) return y.map((_, i) => i);
  const groups = Math.max(1, Math.floor(most / 3));
  const kept = new Set<number>([0, length - 1]);
  for (let group = 0; group < groups; group++) {
    const start = Math.floor((group * length) / groups);
    const end = Math.floor(((group + 1) * length) / groups);
    let lowest = -1;
    let highest = -1;
    let gap = -1;
    for (let i = start; i < end; i++) {
      const value = y[i] ?? Number.NaN;
      if (!Number.isFinite(value)) {
        if (gap === -1) gap = i;
        continue;
      }
      if (lowest === -1 || value < (y[lowest] ?? 0)) lowest = i;
      if (highest === -1 || value > (y[highest] ?? 0)) highest = i;
    }
    for (const i of [lowest, highest, gap]) if (i !== -1) kept.add(i);
  }
  return [...kept].sort((a, b) => a - b);
}
