// Which test words a model misses at each k, packed into few numbers so that they can be kept with the results.

/** The lengths of the lists that a model is judged by. */
export const ks = [1, 5, 10, 20, 50, 100] as const;

/** Eight words a number: 48 bits, which a double holds exactly. */
const wordsPerNumber = 8;

/**
 * @param misses for each k whether each word is missed, all of one length
 * @returns numbers of 48 bits, the last filled up with words that nothing misses
 */
export function packMisses(misses: readonly (readonly boolean[])[]): number[] {
  const words = misses[0]?.length ?? 0;
  return Array.from({ length: Math.ceil(words / wordsPerNumber) }, (_, i) => {
    let packed = 0;
    for (let word = wordsPerNumber - 1; word >= 0; word--) {
      for (let place = ks.length - 1; place >= 0; place--) {
        packed = 2 * packed + (misses[place]?.[i * wordsPerNumber + word] === true ? 1 : 0);
      }
    }
    return packed;
  });
}

/** The inverse: for each k 1 where a word is missed, of the first `words` words. */
export function unpackMisses(packed: readonly number[], words: number): number[][] {
  return ks.map((_, place) =>
    Array.from({ length: words }, (_, word) => {
      const bit = (word % wordsPerNumber) * ks.length + place;
      return Math.floor((packed[Math.floor(word / wordsPerNumber)] ?? 0) / 2 ** bit) % 2;
    }),
  );
}
