// Many texts as bags of table rows, in three flat arrays: what training reads again and again.

/** Text i holds row `rows[j]` `counts[j]` times, for j from `offsets[i]` to `offsets[i + 1]`; its rows rise. */
export interface Bags {
  readonly offsets: Uint32Array;
  readonly rows: Uint32Array;
  readonly counts: Float32Array;
}

/** How many texts there are. */
export function bagCount({ offsets }: Bags): number {
  return offsets.length - 1;
}

/** Counts the rows of every text. */
export function bagsOf(texts: Iterable<string>, tokenise: (text: string) => Int32Array): Bags {
  const offsets = [0];
  const rows: number[] = [];
  const counts: number[] = [];
  for (const text of texts) {
    let last = -1;
    for (const row of tokenise(text).sort()) {
      if (row === last) counts[counts.length - 1] = (counts.at(-1) ?? 0) + 1;
      else {
        rows.push(row);
        counts.push(1);
        last = row;
      }
    }
    offsets.push(rows.length);
  }
  return {
    offsets: Uint32Array.from(offsets),
    rows: Uint32Array.from(rows),
    counts: Float32Array.from(counts),
  };
}

/** How often each row occurs in all texts together. */
export function rowFrequencies(bags: Bags, size: number): Float64Array {
  const frequencies = new Float64Array(size);
  for (const [j, row] of bags.rows.entries())
    frequencies[row] = (frequencies[row] ?? 0) + (bags.counts[j] ?? 0);
  return frequencies;
}
