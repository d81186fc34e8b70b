// An invented catalogue from a seeded topic model, and a teacher that knows its topics: small worlds to train in.
import { pcg32 } from '@offprint/methods';
import type { Encoder, WordPieceVocabulary } from '@offprint/search';
import type { TrainingPaper } from '../training-paper.ts';

const topics = 12;
const wordsPerTopic = 24;
const dimensions = 32;

/** Words like `bako3`: which topic a word belongs to cannot be read off its letters. */
function topicWord(topic: number, word: number): string {
  const at = (topic * wordsPerTopic + word) * 37;
  const syllable = (n: number): string =>
    `${'bdfgklmnprst'[n % 12] ?? 'b'}${'aeiou'[Math.floor(n / 12) % 5] ?? 'a'}`;
  return `${syllable(at)}${syllable(Math.floor(at / 60))}${syllable(at * 7 + 3)}${'xyzw'[at % 4] ?? 'x'}`;
}

const filler = ['the', 'of', 'and', 'we', 'show', 'that', 'results', 'a', 'method', 'for'];

/** Papers of one or two topics each; the first half of a title's words are of the first. */
export function topicPapers(count: number, seed = 1): TrainingPaper[] {
  const random = pcg32(seed);
  return Array.from({ length: count }, (_, i) => {
    const first = random.nextBelow(topics);
    const second = random.nextBelow(topics);
    const draw = (length: number, fillers: number): string =>
      Array.from({ length }, () =>
        random.nextBelow(10) < fillers
          ? (filler[random.nextBelow(filler.length)] ?? 'the')
          : topicWord(random.nextBelow(3) > 0 ? first : second, random.nextBelow(wordsPerTopic)),
      ).join(' ');
    return {
      id: `paper-${i}`,
      title: draw(6, 2),
      abstract: `${draw(14, 4)}. ${draw(16, 4)}. ${draw(12, 4)}.`,
    };
  });
}

/** Whole words alone: every text is cut at spaces. */
export function topicVocabulary(): WordPieceVocabulary {
  const words = Array.from({ length: topics }, (_, topic) =>
    Array.from({ length: wordsPerTopic }, (_, word) => topicWord(topic, word)),
  ).flat();
  return {
    pieces: ['[UNK]', '[CLS]', '[SEP]', '.', ...new Set([...filler, ...words])],
    unknown: 0,
    first: 1,
    last: 2,
  };
}

/**
 * A teacher that maps a text to its topics, as a direction each. A word alone is blurred, as a model that was made
 * for sentences blurs it, so that there is something to learn from whole texts.
 */
export function topicTeacher(): Encoder & { readonly asked: () => number } {
  const random = pcg32(99);
  const directions = Float64Array.from({ length: topics * dimensions }, () => random.nextUnit() - 0.5);
  const topicOf = new Map<string, number>();
  for (let topic = 0; topic < topics; topic++)
    for (let word = 0; word < wordsPerTopic; word++) topicOf.set(topicWord(topic, word), topic);
  let asked = 0;
  return {
    name: 'teacher',
    fingerprint: 'topics',
    dimensions,
    asked: () => asked,
    async encode(texts) {
      asked += texts.length;
      const vectors = new Float32Array(texts.length * dimensions);
      for (const [row, text] of texts.entries())
        place(text, vectors.subarray(row * dimensions, (row + 1) * dimensions));
      return vectors;
    },
    async close() {},
  };

  function place(text: string, into: Float32Array): void {
    const words = text
      .toLowerCase()
      .split(/[^a-z]+/)
      .filter((word) => word !== '');
    const blur = pcg32([...text].reduce((sum, c) => (sum * 31 + c.charCodeAt(0)) % 1_000_003, 7));
    const noise = words.length <= 1 ? 0.5 : 0.05;
    for (let d = 0; d < into.length; d++) {
      let sum = noise * (blur.nextUnit() - 0.5);
      for (const word of words) {
        const topic = topicOf.get(word);
        if (topic !== undefined) sum += (directions[topic * into.length + d] ?? 0) / words.length;
      }
      into[d] = sum;
    }
    const norm = Math.hypot(...into);
    for (let d = 0; d < into.length; d++) into[d] = (into[d] ?? 0) / norm;
  }
}
