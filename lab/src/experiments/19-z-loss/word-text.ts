// A novel as a task for a word model: five words of context, the sixth to be found among the most frequent ones.
import type { Random } from '@offprint/methods';

/** Words of context. */
export const contextLength = 5;

export interface WordExamples {
  /** [count · contextLength], 0 for a word outside the vocabulary, the others from 1. */
  readonly contexts: Int32Array;
  /** [count], from 0: words outside the vocabulary are never asked for. */
  readonly targets: Int32Array;
  readonly count: number;
}

export interface WordTask {
  readonly training: WordExamples;
  readonly validation: WordExamples;
  readonly test: WordExamples;
  /** Words that can be asked for. */
  readonly vocabulary: number;
}

/** Lower-case words and the marks that end or part a sentence. */
export function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[a-z]+(?:['’][a-z]+)*|[.,;:!?]/g) ?? [];
}

/**
 * Parts a text by position: 80 % to train on, 10 % to choose by, 10 % to judge by. The vocabulary is the training part's
 * most frequent words, the earlier one first where two are equally frequent.
 * @param limit the most examples of the validation and of the test part; the first ones are kept
 */
export function wordTask(text: string, vocabulary: number, limit: number): WordTask {
  const words = wordsOf(text);
  const [trainingEnd, validationEnd] = [Math.floor(words.length * 0.8), Math.floor(words.length * 0.9)];
  const counts = new Map<string, number>();
  for (const word of words.slice(0, trainingEnd)) counts.set(word, (counts.get(word) ?? 0) + 1);
  const kept = [...counts].sort(([, a], [, b]) => b - a).slice(0, vocabulary);
  const numbers = new Map(kept.map(([word], i) => [word, i + 1]));
  const codes = Int32Array.from(words, (word) => numbers.get(word) ?? 0);
  return {
    training: examplesOf(codes.subarray(0, trainingEnd), Number.POSITIVE_INFINITY),
    validation: examplesOf(codes.subarray(trainingEnd, validationEnd), limit),
    test: examplesOf(codes.subarray(validationEnd), limit),
    vocabulary: kept.length,
  };
}

function examplesOf(codes: Int32Array, limit: number): WordExamples {
  const places: number[] = [];
  for (let i = contextLength; i < codes.length && places.length < limit; i++) {
    if ((codes[i] ?? 0) > 0) places.push(i);
  }
  return take({
    count: places.length,
    context: (example, j) => codes[(places[example] ?? 0) - contextLength + j] ?? 0,
    target: (example) => (codes[places[example] ?? 0] ?? 1) - 1,
  });
}

/** `count` examples drawn with replacement. */
export function drawExamples(examples: WordExamples, count: number, random: Random): WordExamples {
  const places = Int32Array.from({ length: count }, () => random.nextBelow(examples.count));
  return take({
    count,
    context: (example, j) => examples.contexts[(places[example] ?? 0) * contextLength + j] ?? 0,
    target: (example) => examples.targets[places[example] ?? 0] ?? 0,
  });
}

function take({
  count,
  context,
  target,
}: {
  count: number;
  context: (example: number, j: number) => number;
  target: (example: number) => number;
}): WordExamples {
  return {
    contexts: Int32Array.from({ length: count * contextLength }, (_, i) =>
      context(Math.floor(i / contextLength), i % contextLength),
    ),
    targets: Int32Array.from({ length: count }, (_, i) => target(i)),
    count,
  };
}
