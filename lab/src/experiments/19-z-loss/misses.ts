// What a model misses at each k, stretch by stretch of the test words: few enough numbers to be kept with the results.

/** The lengths of the lists that a model is judged by. */
export const ks = [1, 5, 10, 20, 50, 100] as const;

/** Stretches of consecutive test words, the unit that losses are paired over: neighbouring words share their context. */
const stretches = 200;

/** The name of the series that holds an arm's misses at a k. */
export function missSeries(k: number): string {
  return `missed among the first ${k}, % by stretch`;
}

/**
 * The share of words missed in each stretch, in %; stretches differ by one word at most, and there are no more of them
 * than words.
 */
export function missesByStretch(missed: readonly boolean[]): number[] {
  const count = Math.min(stretches, missed.length);
  return Array.from({ length: count }, (_, i) => {
    const [start, end] = [i, i + 1].map((edge) => Math.round((edge * missed.length) / count));
    const stretch = missed.slice(start, end);
    return (100 * stretch.filter(Boolean).length) / stretch.length;
  });
}
