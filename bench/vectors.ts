// The scan over vectors at 100 thousand, a million and three million: time, recall against exact floats, memory.
import { type Encoder, openMiniLm, VectorIndex } from '@offprint/search';
import { abstracts } from './encoders.ts';
import { type LanceProbe, openLanceVectors } from './lancedb.ts';

const queries = 12;
const results = 20;

const sizes: ReadonlyMap<string, readonly (readonly [count: number, signsFrom: number])[]> = new Map([
  ['100k', [[100_000, 1_000_000]]],
  [
    '1m',
    [
      [1_000_000, 2_000_000],
      [1_000_000, 1_000_000],
    ],
  ],
  [
    '3m',
    [
      [3_000_000, 4_000_000],
      [3_000_000, 1_000_000],
    ],
  ],
]);

/** How LanceDB is asked: every vector, its index as it comes, and more of it read. */
const probes: readonly (LanceProbe | undefined)[] = [
  undefined,
  { parts: 20, refine: 1 },
  { parts: 20, refine: 10 },
  { parts: 60, refine: 10 },
];

/**
 * Vectors are mixtures of two real ones and noise; the peers are a plain loop over their floats and, at 100 thousand,
 * LanceDB: exact, and by its IVF-PQ index.
 *
 * @param options.size 100k, 1m, 3m, several with commas; all when left out.
 */
export async function benchVectors({ size = '100k,1m,3m' }: { readonly size?: string }): Promise<void> {
  const encoder = await openMiniLm();
  const make = mixtures(await realVectors(encoder), encoder.dimensions);
  await encoder.close();
  for (const name of size.split(',')) {
    const ways = sizes.get(name);
    if (ways === undefined) throw new Error(`--size is one of ${[...sizes.keys()].join(', ')}, not ${name}`);
    for (const [count, signsFrom] of ways) {
      const ours = measure(make, encoder.dimensions, count, signsFrom);
      if (name === '100k') await measureLance(make, count, ours);
    }
  }
}

/** Vectors of the archive's first 2,000 titles, row by row. */
export async function realVectors(encoder: Encoder): Promise<Float32Array> {
  const titles = (await abstracts(2000)).map((text) => text.slice(0, text.indexOf('\n')));
  return encoder.encode(titles);
}

/** Makes the vector of a row. */
export type Make = (row: number) => Float32Array;

interface Truth {
  readonly asked: readonly Float32Array[];
  /** The best of each, by floats. */
  readonly best: readonly ReadonlySet<number>[];
  readonly p50: number;
}

function measure(make: Make, dimensions: number, count: number, signsFrom: number): Truth {
  const index = new VectorIndex({ dimensions, signsFrom, exact: { read: make } });
  const asked = Array.from({ length: queries }, (_, i) => make(2 ** 30 + i));
  const truth = asked.map(() => [] as { ordinal: number; score: number }[]);
  let setMs = 0;
  let plainMs = 0;
  for (let ordinal = 0; ordinal < count; ordinal += 1) {
    const vector = make(ordinal);
    let start = performance.now();
    index.set(ordinal, vector, ordinal);
    setMs += performance.now() - start;
    start = performance.now();
    for (const [i, query] of asked.entries()) keepBest(truth[i] ?? [], ordinal, dot(query, vector));
    plainMs += performance.now() - start;
  }
  const times: number[] = [];
  const best = truth.map((kept) => new Set(kept.map(({ ordinal }) => ordinal)));
  let found = 0;
  for (let round = 0; round < 3; round += 1)
    for (const [i, query] of asked.entries()) {
      const start = performance.now();
      const { ordinals } = index.search(query, { k: results });
      times.push(performance.now() - start);
      if (round === 0) found += ordinals.filter((ordinal) => best[i]?.has(ordinal)).length;
    }
  const { p50, p95 } = percentiles(times);
  process.stdout.write(
    `${String(count).padStart(9)} ${count >= signsFrom ? 'signs first' : 'eight bits '}  p50 ${p50.toFixed(1)} ms  p95 ${p95.toFixed(1)} ms  recall@20 ${(found / queries / results).toFixed(3)}  set ${((setMs / count) * 1000).toFixed(1)} µs  ${(index.sizeBytes / 1e6).toFixed(0)} MB  ${(plainMs / queries / p50).toFixed(0)} × faster than a loop over floats\n`,
  );
  return { asked, best, p50 };
}

async function measureLance(make: Make, count: number, { asked, best, p50: ours }: Truth): Promise<void> {
  const table = await openLanceVectors();
  if (table === undefined) return;
  try {
    let start = performance.now();
    for (let first = 0; first < count; first += rowsAtOnce)
      await table.add(
        first,
        Array.from({ length: Math.min(rowsAtOnce, count - first) }, (_, i) => make(first + i)),
      );
    const addSeconds = (performance.now() - start) / 1000;
    start = performance.now();
    await table.index();
    const indexSeconds = (performance.now() - start) / 1000;
    for (const probe of probes) {
      const times: number[] = [];
      let found = 0;
      for (let round = 0; round < 4; round += 1)
        for (const [i, query] of asked.entries()) {
          const begin = performance.now();
          const numbers = await table.search(query, results, probe);
          // The first round only warms.
          if (round > 0) times.push(performance.now() - begin);
          if (round === 1) found += numbers.filter((number) => best[i]?.has(number)).length;
        }
      const { p50, p95 } = percentiles(times);
      const how = probe === undefined ? 'exact' : `IVF-PQ ${probe.parts} parts, refined ${probe.refine} ×`;
      process.stdout.write(
        `          LanceDB ${how.padEnd(30)}  p50 ${p50.toFixed(1)} ms  p95 ${p95.toFixed(1)} ms  recall@20 ${(found / asked.length / results).toFixed(3)}  ${(p50 / ours).toFixed(1)} × ours\n`,
      );
    }
    process.stdout.write(
      `          LanceDB stored them in ${addSeconds.toFixed(1)} s, its index took ${indexSeconds.toFixed(1)} s\n`,
    );
  } finally {
    await table.close();
  }
}

const rowsAtOnce = 5000;

function percentiles(times: readonly number[]): { readonly p50: number; readonly p95: number } {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor(sorted.length * share)] ?? 0;
  return { p50: at(0.5), p95: at(0.95) };
}

/** Row i is made of i alone, so that an exact vector can be made again and none is kept. */
export function mixtures(real: Float32Array, dimensions: number): Make {
  const count = real.length / dimensions;
  return (row) => {
    let state = Math.imul(row + 1, 0x9e3779b1) | 1;
    const random = (): number => {
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      return (state >>> 0) / 2 ** 32;
    };
    for (let i = 0; i < 4; i += 1) random();
    const first = Math.floor(random() * count) * dimensions;
    const second = Math.floor(random() * count) * dimensions;
    const share = 0.6 + 0.4 * random();
    const vector = new Float32Array(dimensions);
    let squares = 0;
    for (let d = 0; d < dimensions; d += 1) {
      const noise = 0.03 * (2 * random() - 1);
      const value = share * (real[first + d] ?? 0) + (1 - share) * (real[second + d] ?? 0) + noise;
      vector[d] = value;
      squares += value * value;
    }
    const length = Math.sqrt(squares);
    for (let d = 0; d < dimensions; d += 1) vector[d] = (vector[d] ?? 0) / length;
    return vector;
  };
}

function keepBest(best: { ordinal: number; score: number }[], ordinal: number, score: number): void {
  if (best.length === results && score <= (best.at(-1)?.score ?? 0)) return;
  const at = best.findIndex((other) => other.score < score);
  best.splice(at < 0 ? best.length : at, 0, { ordinal, score });
  if (best.length > results) best.pop();
}

function dot(a: Float32Array, b: Float32Array): number {
  let total = 0;
  for (let i = 0; i < a.length; i += 1) total += (a[i] ?? 0) * (b[i] ?? 0);
  return total;
}
