// Why language has a river and walls: a table of next-token logits in which half the tokens leave no doubt about the
// next and half leave it open. Everything is known in closed form but the samples.
import { pcg32, type Random, type Schedule } from '@offprint/methods';
import type { Metrics } from '../../experiment/results.ts';

export interface TableArm {
  readonly level: 'table';
  /** V; the first half of the tokens have one successor each. */
  readonly vocabulary: number;
  /** How many successors a token of the other half has, all as likely. */
  readonly choices: number;
  /** Samples a step. */
  readonly batchSize: number;
  readonly steps: number;
  readonly decaySteps: number;
}

/** Losses in nats above the entropy of the text, as means over the tokens of each half. */
export interface TableLoss {
  readonly certain: number;
  readonly open: number;
}

interface Table {
  readonly arm: TableArm;
  /** [V · V]. */
  readonly logits: Float64Array;
}

export function newTable(arm: TableArm): Table {
  return { arm, logits: new Float64Array(arm.vocabulary ** 2) };
}

/** One step of stochastic gradient descent on the mean loss of a batch of sampled pairs; changes the table. */
export function stepTable({ arm, logits }: Table, learningRate: number, random: Random): void {
  const { vocabulary, batchSize } = arm;
  const gradient = new Float64Array(logits.length);
  for (let i = 0; i < batchSize; i++) {
    const token = random.nextBelow(vocabulary);
    const next = successor(arm, token, token < vocabulary / 2 ? 0 : random.nextBelow(arm.choices));
    const row = logits.subarray(token * vocabulary, (token + 1) * vocabulary);
    const probabilities = softmax(row);
    for (let j = 0; j < vocabulary; j++) {
      const at = token * vocabulary + j;
      gradient[at] = (gradient[at] ?? 0) + ((probabilities[j] ?? 0) - (j === next ? 1 : 0)) / batchSize;
    }
  }
  for (let i = 0; i < logits.length; i++) logits[i] = (logits[i] ?? 0) - learningRate * (gradient[i] ?? 0);
}

/** The exact expected loss, not that of a sample. */
export function tableLoss({ arm, logits }: Table): TableLoss {
  const { vocabulary, choices } = arm;
  let certain = 0;
  let open = 0;
  for (let token = 0; token < vocabulary; token++) {
    const probabilities = softmax(logits.subarray(token * vocabulary, (token + 1) * vocabulary));
    if (token < vocabulary / 2) certain -= Math.log(probabilities[successor(arm, token, 0)] ?? 0);
    else {
      for (let choice = 0; choice < choices; choice++) {
        open -= (Math.log(probabilities[successor(arm, token, choice)] ?? 0) + Math.log(choices)) / choices;
      }
    }
  }
  return { certain: certain / (vocabulary / 2), open: open / (vocabulary / 2) };
}

/**
 * Trains with a constant rate and at the end decays it, and says what fell in the decay and what in as many steps
 * before it; the cosine is between the moves of one such stretch and the next.
 * @param schedule the rate at a step
 */
export function runTableArm(
  arm: TableArm,
  schedule: Schedule,
  seed: number,
  onStep: (step: number, loss: () => TableLoss) => void,
): Metrics {
  const { steps, decaySteps, vocabulary } = arm;
  const table = newTable(arm);
  const random = pcg32(seed, 3);
  const marks = [steps - 3 * decaySteps, steps - 2 * decaySteps, steps - decaySteps, steps];
  const losses: TableLoss[] = [];
  const places: Float64Array[] = [];
  for (let step = 0; step < steps; step++) {
    stepTable(table, schedule(step), random);
    onStep(step + 1, () => tableLoss(table));
    if (!marks.includes(step + 1)) continue;
    losses.push(tableLoss(table));
    places.push(table.logits.slice());
  }
  const nothing = { certain: Number.NaN, open: Number.NaN };
  const [, stable = nothing, before = nothing, after = nothing] = losses;
  const half = vocabulary ** 2 / 2;
  return {
    'certain tokens, fall in stable steps': stable.certain - before.certain,
    'open tokens, fall in stable steps': stable.open - before.open,
    'certain tokens, fall in the decay': before.certain - after.certain,
    'open tokens, fall in the decay': before.open - after.open,
    'certain tokens, cosine of moves': cosineOfMoves(places.map((place) => place.subarray(0, half))),
    'open tokens, cosine of moves': cosineOfMoves(places.map((place) => place.subarray(half))),
  };
}

/** The cosine between the move from the first to the second place and that from the second to the third. */
function cosineOfMoves([a, b, c]: readonly Float64Array[]): number {
  if (a === undefined || b === undefined || c === undefined) return Number.NaN;
  const first = b.map((value, i) => value - (a[i] ?? 0));
  const second = c.map((value, i) => value - (b[i] ?? 0));
  const dot = (x: Float64Array, y: Float64Array): number =>
    x.reduce((sum, value, i) => sum + value * (y[i] ?? 0), 0);
  return dot(first, second) / Math.sqrt(dot(first, first) * dot(second, second));
}

/** Any fixed successors will do: no two tokens share the order of theirs. */
function successor({ vocabulary }: TableArm, token: number, choice: number): number {
  return (token * 7 + choice * 5 + 1) % vocabulary;
}

function softmax(logits: Float64Array): Float64Array {
  const highest = logits.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const powers = logits.map((logit) => Math.exp(logit - highest));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}
