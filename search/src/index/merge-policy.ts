// When segments are merged: few enough that a search opens a handful, rarely enough that a paper is rewritten a handful of times.

/** What the policy looks at. */
export interface SegmentSize {
  readonly documents: number;
  readonly removed: number;
}

/** So many segments of about one size become one. */
const fanIn = 5;
/** Smaller segments count as this large: they are merged together whatever their sizes. */
const smallest = 256;
/** A segment is not merged into one beyond so many documents. */
const largest = 1_000_000;
/** Above this share of removed documents a segment is rewritten alone. */
const mostRemoved = 1 / 3;

/**
 * Which segments to merge next, as indexes into `sizes`; `undefined` when all is well. Sizes fall into levels,
 * each `fanIn` times the one below; a level with `fanIn` segments is merged into one of the next. Every
 * document is rewritten once a level, about log5(n / 256) times in its life.
 */
export function planMerge(sizes: readonly SegmentSize[]): number[] | undefined {
  const levels = new Map<number, number[]>();
  for (const [i, { documents, removed }] of sizes.entries()) {
    if (documents > 0 && removed / documents > mostRemoved) return [i];
    const kept = documents - removed;
    if (kept > largest / 2) continue;
    const level = Math.max(0, Math.ceil(Math.log(Math.max(kept, 1) / smallest) / Math.log(fanIn) - 1e-9));
    const members = [...(levels.get(level) ?? []), i];
    levels.set(level, members);
  }
  const full = [...levels].filter(([, members]) => members.length >= fanIn).sort(([a], [b]) => a - b);
  for (const [, members] of full) {
    const chosen: number[] = [];
    let total = 0;
    for (const i of members) {
      const kept = (sizes[i]?.documents ?? 0) - (sizes[i]?.removed ?? 0);
      if (total + kept > largest) continue;
      total += kept;
      chosen.push(i);
    }
    if (chosen.length >= 2) return chosen;
  }
  return undefined;
}
