// A training stream in which a share of every batch comes from a small slice that is seen again and again.
// Hernandez et al. 2022, https://arxiv.org/abs/2205.10487, §2
import { pcg32, type Random } from '../random/pcg32.ts';

export interface RepeatedDataOptions {
  /** f in [0, 1]: the share of every batch that comes from the slice. */
  readonly fraction: number;
  /** R ≥ 1: how many times the slice is seen in all. */
  readonly repeats: number;
  /** Sequences a step. */
  readonly batchSize: number;
  readonly steps: number;
  /** Unique sequences are drawn with one stream of this seed and the slice with another. */
  readonly seed: number;
}

export interface RepeatedDataStream {
  /** Indices of the repeated sequences, in their pool. */
  readonly slice: Int32Array;
  /** [steps][(1 − f)·batch]: indices into the unique pool, none twice, the same for every R. */
  readonly unique: readonly Int32Array[];
  /** [steps][f·batch]: indices into the slice's pool. */
  readonly repeated: readonly Int32Array[];
}

/**
 * Repeats replace unique data: the length and the batches of the run stay what they are, a share f of them comes from
 * a slice of S = f·steps·batch/R sequences, in R passes of a new order each.
 * @param pools how many sequences there are to draw from; the two pools share nothing
 * @throws RangeError when f·batch or S is not whole, or a pool is too small
 */
export function repeatedDataStream(
  pools: { readonly unique: number; readonly repeated: number },
  options: RepeatedDataOptions,
): RepeatedDataStream {
  const { fraction, repeats, batchSize, steps, seed } = options;
  if (!(fraction >= 0 && fraction <= 1)) throw new RangeError('A share lies in [0, 1].');
  if (!(repeats >= 1)) throw new RangeError('What is repeated is seen at least once.');
  const fromSlice = fraction * batchSize;
  const sliceSize = (fromSlice * steps) / repeats;
  if (!Number.isInteger(fromSlice) || !Number.isInteger(sliceSize)) {
    throw new RangeError('The share of a batch and the size of the slice are whole numbers of sequences.');
  }
  const uniqueCount = (batchSize - fromSlice) * steps;
  if (uniqueCount > pools.unique || sliceSize > pools.repeated) {
    throw new RangeError('There are fewer sequences than the stream needs.');
  }
  const slices = pcg32(seed, 2);
  const slice = sample(pools.repeated, sliceSize, slices);
  const passes = new Int32Array(fromSlice * steps);
  for (let pass = 0; pass < passes.length; pass += sliceSize) {
    const order = sample(sliceSize, sliceSize, slices);
    passes.set(
      order.map((i) => slice[i] ?? 0),
      pass,
    );
  }
  const unique = sample(pools.unique, uniqueCount, pcg32(seed, 1));
  return { slice, unique: byStep(unique, steps), repeated: byStep(passes, steps) };
}

/** `count` of the numbers below `population`, none twice, in random order (the head of a Fisher–Yates shuffle). */
function sample(population: number, count: number, random: Random): Int32Array {
  const all = Int32Array.from({ length: population }, (_, i) => i);
  for (let i = 0; i < count; i++) {
    const other = i + random.nextBelow(population - i);
    const drawn = all[other] ?? 0;
    all[other] = all[i] ?? 0;
    all[i] = drawn;
  }
  return all.slice(0, count);
}

function byStep(indices: Int32Array, steps: number): Int32Array[] {
  const each = steps === 0 ? 0 : indices.length / steps;
  return Array.from({ length: steps }, (_, step) => indices.slice(step * each, (step + 1) * each));
}
