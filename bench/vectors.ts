// The scan over vectors at 100 thousand, a million and three million: time, recall against exact floats, memory.
import { openMiniLm, VectorIndex } from '@offprint/search';
import { abstracts } from './encoders.ts';

const queries = 12;
const results = 20;

/** Vectors are mixtures of two real ones and noise; the peer is a plain loop over their floats. */
export async function benchVectors(): Promise<void> {
  const encoder = await openMiniLm();
  const titles = (await abstracts(2000)).map((text) => text.slice(0, text.indexOf('\n')));
  const real = await encoder.encode(titles);
  await encoder.close();
  for (const [count, signsFrom] of [
    [100_000, 1_000_000],
    [1_000_000, 2_000_000],
    [1_000_000, 1_000_000],
    [3_000_000, 4_000_000],
    [3_000_000, 1_000_000],
  ] as const)
    measure(mixtures(real, encoder.dimensions), encoder.dimensions, count, signsFrom);
}

type Make = (row: number) => Float32Array;

function measure(make: Make, dimensions: number, count: number, signsFrom: number): void {
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
  let found = 0;
  for (let round = 0; round < 3; round += 1)
    for (const [i, query] of asked.entries()) {
      const start = performance.now();
      const { ordinals } = index.search(query, { k: results });
      times.push(performance.now() - start);
      const best = new Set(truth[i]?.map(({ ordinal }) => ordinal));
      if (round === 0) found += ordinals.filter((ordinal) => best.has(ordinal)).length;
    }
  const sorted = times.toSorted((a, b) => a - b);
  const p50 = sorted[Math.floor(sorted.length / 2)] ?? 0;
  const p95 = sorted[Math.floor(sorted.length * 0.95)] ?? 0;
  process.stdout.write(
    `${String(count).padStart(9)} ${count >= signsFrom ? 'signs first' : 'eight bits '}  p50 ${p50.toFixed(1)} ms  p95 ${p95.toFixed(1)} ms  recall@20 ${(found / queries / results).toFixed(3)}  set ${((setMs / count) * 1000).toFixed(1)} µs  ${(index.sizeBytes / 1e6).toFixed(0)} MB  ${(plainMs / queries / p50).toFixed(0)} × faster than a loop over floats\n`,
  );
}

/** Row i is made of i alone, so that an exact vector can be made again and none is kept. */
function mixtures(real: Float32Array, dimensions: number): Make {
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
