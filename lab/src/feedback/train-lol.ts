// Training the query reformulator: more feedback must not make a question worse.
// Zhu et al. 2022, LoL, https://arxiv.org/abs/2204.11545
import { defaultDevice, init, jit, nn, numpy as np, tree, valueAndGrad } from '@jax-js/jax';
import {
  adamW,
  applyUpdates,
  comparativeRegularization,
  inPoolCrossEntropy,
  pcg32,
  type Random,
  sampleFeedbackDepths,
  sampleNestedFeedback,
  warmupStableDecay,
} from '@offprint/methods';
import type { LolParameters } from '@offprint/search';

/** A question with the paper that answers it and the papers that came first for it. */
export interface FeedbackExample {
  readonly query: Float32Array;
  /** Row of the paper's vector. */
  readonly answer: number;
  /** Rows of the first papers, best first; as many for every example, and at least `depth`. */
  readonly run: readonly number[];
}

export interface TrainLolOptions {
  readonly examples: readonly FeedbackExample[];
  /** Unit vectors of all papers, row by row. */
  readonly papers: Float32Array;
  readonly dimensions: number;
  /** λ of the comparative term; 1 as in the paper, 0 is the reformulator without it. */
  readonly lambda: number;
  readonly seed: number;
  readonly steps: number;
  /** K, the most papers that are fed back; 5 when left out. */
  readonly depth?: number;
  /** 3e-4 when left out: at ten times that small training sets are learnt by heart. */
  readonly peak?: number;
  readonly onStep?: (done: number, total: number, loss: number) => void;
  readonly signal?: AbortSignal;
}

type Weights = Record<
  | 'documentOut'
  | 'documentIn'
  | 'queryOut'
  | 'queryIn'
  | 'gateProduct'
  | 'gatePlace'
  | 'gateBias'
  | 'gateOut'
  | 'gateOutBias',
  np.Array
>;

const batch = 32;
const rank = 16;
const hidden = 32;
/** Revisions of a question that are compared: one more than the paper's c. */
const revisions = 2;
/** Cosines lie close together; divided by this they tell papers apart. */
const temperature = 0.05;
/** Where every gate starts: a tenth of each document is added. */
const firstGate = 0.1;

/**
 * Trains on in-pool cross entropy of two nested feedback depths a question, plus λ times the comparative term.
 * The pool is the union of the batch's runs and answers.
 *
 * @throws RangeError for fewer examples than a batch or runs shorter than the depth; the signal's reason when aborted.
 */
export async function trainLol(options: TrainLolOptions): Promise<LolParameters> {
  const { examples, dimensions, lambda, seed, steps, depth = 5, peak = 3e-4 } = options;
  if (examples.length < batch) throw new RangeError(`At least ${batch} examples are needed.`);
  await init('wasm');
  defaultDevice('wasm');
  const random = pcg32(seed, 18);
  const rate = warmupStableDecay({ peak, total: steps, warmup: Math.floor(steps / 10) });
  const optimizer = adamW<Weights>({ weightDecay: 0.01 });
  const loss = (weights: Weights, sample: Sample): np.Array => {
    const { pool, positives, ...inputs } = sample;
    const moved = reformulated(weights, inputs, depth, dimensions);
    const losses = inPoolCrossEntropy(moved.div(temperature), pool, positives).reshape([batch, revisions]);
    const comparative = comparativeRegularization(losses.ref).mean();
    return losses.mean().add(comparative.mul(lambda));
  };
  const step = jit(
    (weights: Weights, state: ReturnType<typeof optimizer.init>, sample: Sample, lr: np.Array) => {
      const [value, gradient] = valueAndGrad(loss)(tree.ref(weights), sample);
      const [updates, next] = optimizer.update(gradient, state, tree.ref(weights), lr);
      return { value, weights: applyUpdates(weights, updates), state: next };
    },
  );
  let weights = firstWeights(random, dimensions);
  let state = optimizer.init(tree.ref(weights));
  for (let taken = 0; taken < steps; taken++) {
    options.signal?.throwIfAborted();
    const after = step(weights, state, sampleBatch(options, depth, random), np.array(rate(taken)));
    weights = after.weights;
    state = after.state;
    const value = await after.value.data();
    options.onStep?.(taken + 1, steps, value[0] ?? 0);
  }
  tree.dispose(state);
  return parametersOf(weights, dimensions, depth);
}

type Sample = Record<'queries' | 'documents' | 'used' | 'pool' | 'positives', np.Array>;

/** q′ of every revision, [batch · revisions, d]; the same formula as `lolQuery` of the search room. */
function reformulated(
  weights: Weights,
  { queries, documents, used }: Omit<Sample, 'pool' | 'positives'>,
  depth: number,
  dimensions: number,
): np.Array {
  const n = batch * revisions;
  const flat = documents.ref.reshape([n * depth, dimensions]);
  const product = documents.mul(np.expandDims(queries.ref, 1)).reshape([n * depth, dimensions]);
  const similarity = product.ref.sum(-1, { keepdims: true });
  const places = np.array(
    Float32Array.from({ length: n * depth }, (_, i) => (i % depth) / depth),
    { shape: [n * depth, 1] },
  );
  const units = nn.relu(
    np
      .matmul(product, weights.gateProduct)
      .add(np.matmul(np.concatenate([similarity, places], 1), weights.gatePlace))
      .add(weights.gateBias),
  );
  const gates = nn
    .sigmoid(np.matmul(units, weights.gateOut).add(weights.gateOutBias))
    .mul(used.reshape([n * depth, 1]));
  const turned = flat.ref.add(
    np.matmul(np.matmul(flat, weights.documentIn), weights.documentOut.transpose()),
  );
  const feedback = turned.mul(gates).reshape([n, depth, dimensions]).sum(1);
  const moved = queries.ref
    .add(np.matmul(np.matmul(queries, weights.queryIn), weights.queryOut.transpose()))
    .add(feedback);
  return moved.ref.div(np.sqrt(np.square(moved).sum(-1, { keepdims: true }).add(1e-12)));
}

/** Both low-rank maps start at zero and all gates at one value: Rocchio's query is where training begins. */
function firstWeights(random: Random, dimensions: number): Weights {
  const small = (rows: number, columns: number, scale: number): np.Array =>
    np.array(
      Float32Array.from({ length: rows * columns }, () => scale * (2 * random.nextUnit() - 1)),
      { shape: [rows, columns] },
    );
  return {
    documentOut: np.zeros([dimensions, rank]),
    documentIn: small(dimensions, rank, Math.sqrt(3 / dimensions)),
    queryOut: np.zeros([dimensions, rank]),
    queryIn: small(dimensions, rank, Math.sqrt(3 / dimensions)),
    gateProduct: small(dimensions, hidden, 1),
    gatePlace: small(2, hidden, 1),
    gateBias: np.zeros([hidden]),
    gateOut: np.zeros([hidden, 1]),
    gateOutBias: np.array([Math.log(firstGate / (1 - firstGate))]),
  };
}

/** Questions with two nested feedback sets each, the deeper first, and the pool they are scored against. */
function sampleBatch(
  { examples, papers, dimensions }: TrainLolOptions,
  depth: number,
  random: Random,
): Sample {
  const n = batch * revisions;
  const chosen = Array.from({ length: batch }, () => examples[random.nextBelow(examples.length)]).filter(
    (example) => example !== undefined,
  );
  const runLength = chosen[0]?.run.length ?? 0;
  const queries = new Float32Array(n * dimensions);
  const documents = new Float32Array(n * depth * dimensions);
  const used = new Float32Array(n * depth);
  const pool = new Float32Array(batch * (runLength + 1) * dimensions);
  const positives = new Float32Array(n * batch * (runLength + 1));
  const rowOf = (row: number): Float32Array => papers.subarray(row * dimensions, (row + 1) * dimensions);
  const pooled = chosen.flatMap(({ answer, run }) => [answer, ...run]);
  for (const [i, row] of pooled.entries()) pool.set(rowOf(row), i * dimensions);
  for (const [i, { query, run, answer }] of chosen.entries()) {
    const sets = sampleNestedFeedback(random, run, sampleFeedbackDepths(random, depth, revisions));
    for (const [r, set] of sets.entries()) {
      const at = i * revisions + r;
      queries.set(query, at * dimensions);
      for (const [j, row] of set.entries()) {
        documents.set(rowOf(row), (at * depth + j) * dimensions);
        used[at * depth + j] = 1;
      }
      for (const [j, row] of pooled.entries()) if (row === answer) positives[at * pooled.length + j] = 1;
    }
  }
  return {
    queries: np.array(queries, { shape: [n, dimensions] }),
    documents: np.array(documents, { shape: [n, depth, dimensions] }),
    used: np.array(used, { shape: [n, depth] }),
    pool: np.array(pool, { shape: [pooled.length, dimensions] }),
    positives: np.array(positives, { shape: [n, pooled.length] }),
  };
}

async function parametersOf(weights: Weights, dimensions: number, depth: number): Promise<LolParameters> {
  const read = async (array: np.Array): Promise<Float32Array> => Float32Array.from(await array.data());
  return {
    dimensions,
    rank,
    hidden,
    depth,
    documentOut: await read(weights.documentOut),
    documentIn: await read(weights.documentIn),
    queryOut: await read(weights.queryOut),
    queryIn: await read(weights.queryIn),
    gateProduct: await read(weights.gateProduct),
    gatePlace: await read(weights.gatePlace),
    gateBias: await read(weights.gateBias),
    gateOut: await read(weights.gateOut),
    gateOutBias: await read(weights.gateOutBias),
  };
}
