import { defaultDevice, init, numpy as np } from '@jax-js/jax';
import { auroc, pcg32 } from '@offprint/methods';
import { beforeAll, describe, expect, it } from 'vitest';
import { fitTfIdf } from './bag-of-words.ts';
import type { Draw, Note } from './cohort.ts';
import { classify, initClassifier, initEncoder, type LossShape } from './encoder.ts';
import { fineTune } from './fine-tune.ts';
import { fitLinearModel } from './linear-model.ts';
import { lossShape, underLoss } from './losses.ts';
import { preTrain } from './pre-train.ts';
import { makeVocabulary } from './tokens.ts';
import { learnWordVectors, meanOfVectors } from './word-vectors.ts';

beforeAll(async () => {
  await init('wasm');
  defaultDevice('wasm');
});

const plain: LossShape = { gamma: 0, alpha: [1, 1] };

/** Invented notes in which "red" and "crimson" foretell the event, each beside the same words. */
function madeNotes(count: number, seed: number): Note[] {
  const random = pcg32(seed);
  const oneOf = (words: readonly string[]): string => words[random.nextBelow(words.length)] ?? '';
  return Array.from({ length: count }, (_, i): Note => {
    const label = i % 4 === 0 ? 1 : 0;
    const sign = label === 1 ? oneOf(['red', 'crimson']) : oneOf(['green', 'olive']);
    const near = label === 1 ? 'hot' : 'cold';
    return {
      words: [oneOf(['one', 'two', 'three']), '.', sign, near, '.', oneOf(['up', 'down']), '.'],
      label,
    };
  });
}

const draw: Draw = { train: madeNotes(64, 1), validation: madeNotes(24, 2), smallTest: madeNotes(8, 3) };
const test = madeNotes(40, 4);
const aurocOf = (chances: Float64Array) =>
  auroc(
    test.map(({ label }) => label),
    chances,
  );
const nothing = (): void => {};

describe('the bag of words', () => {
  it('weighs a term by its rarity among training notes, counts pairs within a sentence, and has rows of length 1', () => {
    const train: Note[] = [
      { words: ['a', 'b', '.', 'a', '.'], label: 0 },
      { words: ['a', 'b', '.'], label: 1 },
      { words: ['c', '.', 'a', '.'], label: 1 },
    ];
    const { values, columns } = fitTfIdf(train)(train.slice(0, 1));
    // Terms of two notes or more, by spelling: a (3 of 3 notes), "a b" (2), b (2); "b a" stands on both sides of a stop.
    const idf = (notes: number) => Math.log(4 / (1 + notes)) + 1;
    const raw = [2 * idf(3), idf(2), idf(2)];
    const norm = Math.hypot(...raw);
    expect(columns).toBe(3);
    expect(Array.from(values)).toEqual(raw.map((value) => expect.closeTo(value / norm, 6)));
    expect(Array.from(fitTfIdf(train)([{ words: ['z'], label: 0 }]).values)).toEqual([0, 0, 0]);
  });

  it('learns which words foretell the event, under every loss', async () => {
    for (const loss of ['cross-entropy', 'focal', 'weighted'] as const) {
      const predict = await fitLinearModel(draw, fitTfIdf(draw.train), lossShape(loss, draw.train), nothing);
      expect(aurocOf(await predict(test))).toBe(1);
    }
  });

  it('ends where its penalised loss is least', async () => {
    // One feature, 1 for the event and −1 otherwise: the slope of the least loss is found here by bisection.
    const featurize = (notes: readonly Note[]) => ({
      values: Float32Array.from(notes, ({ label }) => (label === 1 ? 1 : -1)),
      rows: notes.length,
      columns: 1,
    });
    const predict = await fitLinearModel(draw, featurize, plain, nothing);
    const chances = await predict(draw.train);
    const [atEvent = 0, atNormal = 0] = [chances[0], chances[1]];
    // All strengths rank alike, so the first, C = .1, is kept; its penalty ‖W‖²/(2·C·n) is that of two weights ±w/2.
    const n = draw.train.length;
    const share = draw.train.filter(({ label }) => label === 1).length / n;
    const slopeAt = (w: number, b: number) =>
      -share / (1 + Math.exp(w + b)) - (1 - share) / (1 + Math.exp(w - b)) + w / 2 / (0.1 * n);
    const biasAt = (w: number): number => {
      let [low, high] = [-50, 50];
      for (let i = 0; i < 100; i++) {
        const b = (low + high) / 2;
        const pull = share / (1 + Math.exp(w + b)) - (1 - share) / (1 + Math.exp(w - b));
        if (pull > 0) low = b;
        else high = b;
      }
      return low;
    };
    let [low, high] = [0, 50];
    for (let i = 0; i < 100; i++) {
      const w = (low + high) / 2;
      if (slopeAt(w, biasAt(w)) < 0) low = w;
      else high = w;
    }
    const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));
    expect(atEvent).toBeCloseTo(sigmoid(low + biasAt(low)), 2);
    expect(atNormal).toBeCloseTo(sigmoid(-low + biasAt(low)), 2);
  });
});

describe('word vectors', () => {
  it('put words of the same surroundings side by side', () => {
    const { vocabulary, width, vectors } = learnWordVectors(madeNotes(1500, 5), {
      width: 8,
      epochs: 3,
      seed: 1,
    });
    const vector = (word: string) => {
      const token = vocabulary.tokenOf(word);
      return Array.from(vectors.subarray(token * width, (token + 1) * width));
    };
    const cosine = (a: string, b: string) => {
      const [u, v] = [vector(a), vector(b)];
      const dot = u.reduce((sum, x, i) => sum + x * (v[i] ?? 0), 0);
      return dot / (Math.hypot(...u) * Math.hypot(...v));
    };
    expect(cosine('red', 'crimson')).toBeGreaterThan(cosine('red', 'olive') + 0.1);
    expect(cosine('green', 'olive')).toBeGreaterThan(cosine('green', 'crimson') + 0.1);
  });

  it('give a note the mean of its words, spread evenly over the training notes', () => {
    const learned = learnWordVectors(draw.train, { width: 4, epochs: 1, seed: 1 });
    const { values, rows, columns } = meanOfVectors(learned, draw.train)(draw.train);
    for (let c = 0; c < columns; c++) {
      const column = Array.from({ length: rows }, (_, row) => values[row * columns + c] ?? 0);
      const centre = column.reduce((sum, v) => sum + v, 0) / rows;
      expect(centre).toBeCloseTo(0, 5);
      expect(column.reduce((sum, v) => sum + v * v, 0) / (rows - 1)).toBeCloseTo(1, 4);
    }
  });
});

describe('the transformer', () => {
  const shape = { width: 8, layers: 1, heads: 2 };
  const notes = madeNotes(256, 6);
  const vocabulary = makeVocabulary(notes);

  it('answers a note without a look at what stands after its end', () => {
    const logits = (afterEnd: number) => {
      const encoder = initEncoder(pcg32(1), vocabulary.size, 8, shape);
      // What the places after the fifth word hold; a reader that looked there would answer otherwise.
      const moved = np
        .array(Float32Array.from({ length: 64 }, (_, i) => (i >= 40 ? afterEnd : 0)))
        .reshape([8, 8]);
      const positions = encoder.positions.add(moved);
      const params = initClassifier(pcg32(2), { ...encoder, positions }, shape.width);
      const tokens = np.array(Int32Array.of(3, 4, 5, 6, 7, 0, 0, 0)).reshape([1, 8]);
      return Array.from(classify(params, tokens, shape.heads).dataSync());
    };
    expect(logits(50)).toEqual(logits(0));
  });

  it('guesses hidden words better as it is pre-trained, the same again under one seed', async () => {
    const losses: number[] = [];
    const train = (into: number[]) =>
      preTrain(notes, vocabulary, 8, shape, { epochs: 20, seed: 3 }, (_, __, loss) => into.push(loss));
    await train(losses);
    expect(losses).toHaveLength(80);
    const meanOf = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(losses[0]).toBeCloseTo(Math.log(vocabulary.size), 0);
    expect(meanOf(losses.slice(-10))).toBeLessThan(0.75 * meanOf(losses.slice(0, 5)));
    const again: number[] = [];
    await train(again);
    expect(again).toEqual(losses);
  });

  it('learns which words foretell the event', async () => {
    const encoder = initEncoder(pcg32(1), vocabulary.size, 8, shape);
    const tuning = { shape, context: 8, epochs: 60, seed: 1 };
    const reader = await fineTune(encoder, draw, vocabulary, plain, tuning, nothing);
    expect(aurocOf(await reader.predict(test))).toBeGreaterThan(0.95);
    reader.dispose();
  });
});

describe('the losses', () => {
  it('weigh each class by n/(C·n_c), and are named beside what they measure', () => {
    expect(lossShape('weighted', draw.train)).toEqual({ gamma: 0, alpha: [64 / 96, 2] });
    expect(lossShape('focal', draw.train)).toEqual({ gamma: 2, alpha: [1, 1] });
    expect(() => lossShape('weighted', [{ words: [], label: 0 }])).toThrow(RangeError);
    expect(underLoss('cross-entropy', 'auroc')).toBe('auroc');
    expect(underLoss('focal', 'auroc')).toBe('focal: auroc');
  });
});
