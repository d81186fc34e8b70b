// What a student knows by name, and the questions and collections that are cut out of a catalogue.
import { mlAnalyser, readMiniLmVocabulary } from '@offprint/search';
import { describe, expect, it } from 'vitest';
import { frequentWords, studentVocabulary } from './student-vocabulary.ts';
import { developmentSources, syntheticQueries } from './synthetic-queries.ts';
import { topicPapers } from './testing/topic-papers.ts';
import { holdOutTitles } from './title-collection.ts';
import { keywordsBy, WordScores } from './word-scores.ts';

const pieces = readMiniLmVocabulary();

describe('the vocabulary of a student', () => {
  it('takes the words that papers share and the teacher has no piece for, the most frequent first', () => {
    const texts = [
      'quantizxation of blorfing models',
      'blorfing quantizxation',
      'blorfing 12345678 again',
      'once wibblefy',
    ];
    expect(frequentWords(texts, pieces, { leastPapers: 2 })).toEqual(['blorfing', 'quantizxation']);
    expect(frequentWords(texts, pieces, { leastPapers: 2, mostWords: 1 })).toEqual(['blorfing']);
  });

  it('gives a known word a row beside those of its pieces, and every row a text', () => {
    const vocabulary = studentVocabulary(pieces, ['blorfing']);
    const rows = vocabulary.tokenise('Blorfing models');
    expect(rows).toContain(pieces.pieces.length);
    const texts = vocabulary.rowTexts();
    expect(texts).toHaveLength(vocabulary.size);
    expect(texts.at(-1)).toBe('blorfing');
    expect(texts.some((text) => /^##./.test(text))).toBe(false);
  });
});

describe('synthetic questions', () => {
  const papers = topicPapers(80);
  const texts = papers.map(({ title, abstract }) => `${title}\n${abstract}`);
  const words = new WordScores(texts, mlAnalyser);
  const made = syntheticQueries(papers, keywordsBy(words, texts, mlAnalyser), 1);

  it('are of four kinds and made of their source’s own words', () => {
    expect(new Set(made.map(({ kind }) => kind))).toEqual(new Set(['title', 'keywords', 'claim', 'random']));
    for (const { kind, text, source } of made) if (kind !== 'keywords') expect(texts[source]).toContain(text);
  });

  it('never ask for two papers at once', () => {
    const twice = [
      ...papers,
      { id: 'again', title: papers[0]?.title ?? '', abstract: 'something else is said here now' },
    ];
    const asked = syntheticQueries(twice, () => [], 1).map(({ text }) => text);
    expect(asked).not.toContain(papers[0]?.title);
  });

  it('hold about a tenth of the sources out, the same for the same seed', () => {
    const held = developmentSources(2000, 1);
    expect(held.size).toBeGreaterThan(140);
    expect(held.size).toBeLessThan(260);
    expect(developmentSources(2000, 1)).toEqual(held);
    expect(developmentSources(2000, 2)).not.toEqual(held);
  });
});

describe('held-out titles', () => {
  it('are never trained on and stand in no document', () => {
    const papers = topicPapers(200);
    const { training, collection } = holdOutTitles(papers, 1);
    const trained = new Set(training.map(({ id }) => id));
    expect(collection.test.queries.length).toBeGreaterThan(10);
    for (const { id, text } of collection.test.queries) {
      expect(trained.has(id)).toBe(false);
      expect(collection.documents.find((document) => document.id === id)?.title).toBe('');
      expect(collection.test.judgements.get(id)?.get(id)).toBe(1);
      expect(text).toBe(papers.find((paper) => paper.id === id)?.title);
    }
  });
});

describe('word scores', () => {
  it('rank by BM25 as computed by hand', () => {
    const scores = new WordScores(['kernel kernel sparse', 'sparse sparse', 'dense'], mlAnalyser, {
      k1: 1,
      b: 0,
    });
    const idf = Math.log(1 + (3 - 1 + 0.5) / 1.5);
    const [first, ...rest] = scores.search('kernel', 10);
    expect(first?.place).toBe(0);
    expect(first?.score).toBeCloseTo(idf * (2 / 3), 10);
    expect(rest).toEqual([]);
    expect(scores.search('sparse', 1).map(({ place }) => place)).toEqual([1]);
    expect(scores.search('', 5)).toEqual([]);
  });
});
