// The paper's training: a student learns to order lists of papers as its teacher does.
// Tamber et al. 2025, https://arxiv.org/abs/2502.19712; schedule of Wen et al. 2024, https://arxiv.org/abs/2410.05192
import { pcg32, type Random, warmupStableDecay } from '@offprint/methods';
import type { Bags } from './bags.ts';
import { distillationLoss, type LossInput, type LossWeights, meanListwiseKl } from './distillation-loss.ts';
import { rowGradients } from './row-gradients.ts';
import { SparseAdam } from './sparse-adam.ts';
import type { TeacherList } from './teacher-lists.ts';
import { embed, type TokenTable } from './token-table.ts';

export interface FineTuneData {
  readonly papers: Bags;
  /** By the lists' `place`. */
  readonly queries: Bags;
  readonly training: readonly TeacherList[];
  readonly development: readonly TeacherList[];
}

export interface FineTuneOptions {
  readonly seed: number;
  readonly steps: number;
  /** Questions a step; 32 when left out. */
  readonly batch?: number;
  /** The highest learning rate, in units of a token's direction; 3e-4 when left out. */
  readonly peak?: number;
  readonly loss: LossWeights;
  readonly onStep?: (done: number, total: number, loss: number) => void;
  readonly signal?: AbortSignal;
}

export interface FineTuned {
  readonly table: TokenTable;
  /** Mean KL of the lists held out, before and at the best point; equal when training never helped. */
  readonly developmentBefore: number;
  readonly developmentAfter: number;
  /** The step whose table this is; 0 is the table given. */
  readonly bestStep: number;
}

/** A teacher's score above this share of the list's best: perhaps an answer too, and no negative. */
const falseNegativeRatio = 0.6;
/** How often the lists held out are looked at. */
const looks = 10;

/**
 * Trains a copy of the table and returns the best state met, by the mean KL of the lists held out.
 *
 * @throws the signal's reason when it is aborted.
 */
export async function fineTune(
  start: TokenTable,
  weights: Float64Array,
  data: FineTuneData,
  options: FineTuneOptions,
): Promise<FineTuned> {
  const { seed, steps, batch: wanted = 32, peak = 3e-4, signal } = options;
  const batch = Math.min(wanted, data.training.length);
  const before = await developmentKl(start, data);
  if (batch === 0 || data.development.length === 0 || steps < 1)
    return { table: start, developmentBefore: before, developmentAfter: before, bestStep: 0 };
  const { dimensions } = start;
  const listLength = data.training[0]?.papers.length ?? 0;
  const lossOf = await distillationLoss({ batch, listLength, dimensions }, options.loss);
  const rate = warmupStableDecay({ peak, total: steps, warmup: Math.floor(steps / 20), decayFraction: 0.2 });
  const optimizer = new SparseAdam(weights.length, dimensions);
  const table = { dimensions, vectors: start.vectors.slice() };
  const random = pcg32(seed, 17);
  let best = { table: start, kl: before, step: 0 };
  let order: TeacherList[] = [];
  for (let step = 0; step < steps; step++) {
    signal?.throwIfAborted();
    if (order.length < batch) order = shuffled(data.training, random);
    const lists = order.splice(0, batch);
    const loss = await trainOn(table, weights, data, lists, lossOf, optimizer, rate(step));
    options.onStep?.(step + 1, steps, loss);
    if ((step + 1) % Math.ceil(steps / looks) === 0 || step + 1 === steps) {
      const kl = await developmentKl(table, data);
      if (kl < best.kl) best = { table: { dimensions, vectors: table.vectors.slice() }, kl, step: step + 1 };
    }
  }
  return { table: best.table, developmentBefore: before, developmentAfter: best.kl, bestStep: best.step };
}

/** One step: both sides forward, the loss's gradient in their vectors, and back into the rows. */
async function trainOn(
  table: TokenTable,
  weights: Float64Array,
  { papers, queries }: FineTuneData,
  lists: readonly TeacherList[],
  lossOf: (input: LossInput) => Promise<{ loss: number; queries: Float32Array; papers: Float32Array }>,
  optimizer: SparseAdam,
  learningRate: number,
): Promise<number> {
  const places = lists.map(({ place }) => place);
  const byRank = papersByRank(lists);
  const asked = embed(table, queries, places);
  const offered = embed(table, papers, byRank);
  const { loss, ...gradient } = await lossOf({
    queries: asked.vectors,
    papers: offered.vectors,
    ...supervision(lists, byRank),
  });
  const { dimensions } = table;
  const ofQueries = rowGradients(queries, places, asked, gradient.queries, dimensions);
  const ofPapers = rowGradients(papers, byRank, offered, gradient.papers, dimensions);
  optimizer.step(table.vectors, added(ofQueries, ofPapers, dimensions), learningRate, weights);
  return loss;
}

/** The j-th papers of all lists together, as the loss takes them. */
function papersByRank(lists: readonly TeacherList[]): Uint32Array {
  const length = lists[0]?.papers.length ?? 0;
  return Uint32Array.from({ length: length * lists.length }, (_, i) => {
    const list = lists[i % lists.length];
    return list?.papers[Math.floor(i / lists.length)] ?? 0;
  });
}

/** The teacher's scores, and which papers are not to be pushed away from a question. */
function supervision(lists: readonly TeacherList[], byRank: Uint32Array): Pick<LossInput, 'scores' | 'mask'> {
  const scores = Float32Array.from(byRank, (_, i) => {
    const list = lists[i % lists.length];
    return list?.scores[Math.floor(i / lists.length)] ?? 0;
  });
  const mask = new Float32Array(lists.length * byRank.length);
  for (const [row, { papers, scores: own }] of lists.entries()) {
    const top = own[0] ?? 0;
    const spared = new Set(papers.filter((_, j) => j === 0 || (own[j] ?? 0) > falseNegativeRatio * top));
    for (const [i, paper] of byRank.entries()) mask[row * byRank.length + i] = spared.has(paper) ? 0 : 1;
  }
  return { scores, mask };
}

function added(
  a: ReturnType<typeof rowGradients>,
  b: ReturnType<typeof rowGradients>,
  dimensions: number,
): ReturnType<typeof rowGradients> {
  const place = new Map([...b.rows].map((row, i) => [row, i]));
  const rows = [...b.rows];
  for (const row of a.rows)
    if (!place.has(row)) {
      place.set(row, rows.length);
      rows.push(row);
    }
  const gradients = new Float32Array(rows.length * dimensions);
  gradients.set(b.gradients);
  for (const [i, row] of a.rows.entries()) {
    const to = (place.get(row) ?? 0) * dimensions;
    for (let d = 0; d < dimensions; d++)
      gradients[to + d] = (gradients[to + d] ?? 0) + (a.gradients[i * dimensions + d] ?? 0);
  }
  return { rows: Uint32Array.from(rows), gradients };
}

/** Mean KL of the lists held out under a table; 0 when there are none. */
export async function developmentKl(
  table: TokenTable,
  { papers, queries, development }: FineTuneData,
): Promise<number> {
  const listLength = development[0]?.papers.length ?? 0;
  if (listLength === 0) return 0;
  const student = new Float32Array(development.length * listLength);
  const teacher = new Float32Array(development.length * listLength);
  for (const [i, list] of development.entries()) {
    const query = embed(table, queries, [list.place]).vectors;
    const vectors = embed(table, papers, list.papers).vectors;
    for (let j = 0; j < listLength; j++) {
      let dot = 0;
      for (let d = 0; d < table.dimensions; d++)
        dot += (query[d] ?? 0) * (vectors[j * table.dimensions + d] ?? 0);
      student[i * listLength + j] = dot;
    }
    teacher.set(list.scores, i * listLength);
  }
  return meanListwiseKl(student, teacher, listLength);
}

function shuffled<T>(items: readonly T[], random: Random): T[] {
  const order = [...items];
  for (let i = order.length - 1; i > 0; i--) {
    const other = random.nextBelow(i + 1);
    const moved = order[i];
    const met = order[other];
    if (moved === undefined || met === undefined) continue;
    order[i] = met;
    order[other] = moved;
  }
  return order;
}
