import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mlAnalyser } from '../analysis/ml-analyser.ts';
import { wordsQuery } from '../query/words-query.ts';
import { oneEdit } from '../testing/one-edit.ts';
import { paper } from '../testing/papers.ts';
import { plainAnalyser } from '../testing/plain-analyser.ts';
import { SearchIndex } from './search-index.ts';
import { slipTerms } from './slips.ts';

const words = [
  'retention',
  'training',
  'quantization',
  'generalizing',
  'alignments',
  'reasoning',
  'embeddings',
  'distillation',
];
const letter = fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz');

/** A word and the same with one slip of the keyboard. */
const slip = fc
  .tuple(fc.constantFrom(...words), fc.nat(3), fc.nat(30), letter)
  .map(([word, kind, place, other]) => {
    const i = place % word.length;
    const [before, at, after] = [word.slice(0, i), word.charAt(i), word.slice(i + 1)];
    const written = [
      before + after.slice(0, 1) + at + after.slice(1),
      before + other + after,
      before + after,
      before + other + at + after,
    ][kind];
    return { word, written: written ?? word };
  })
  .filter(({ word, written }) => written !== word);

const stemOf = (word: string): string => mlAnalyser.text(word)[0]?.term ?? '';

function indexOf(titles: readonly string[], times: number): SearchIndex {
  const index = SearchIndex.create({ analyser: mlAnalyser });
  index.put(
    titles.flatMap((title, i) =>
      Array.from({ length: times }, (_, n) =>
        paper(`p${i}-${n}`, { title, abstract: 'A text about nothing else.', authors: [] }),
      ),
    ),
  );
  return index;
}

describe('words that a slip may stand for', () => {
  it('are, in plain words, all one edit away that three papers hold', () => {
    const short = fc
      .array(fc.constantFrom('a', 'b', 'c'), { minLength: 4, maxLength: 6 })
      .map((all) => all.join(''));
    const counts = fc.dictionary(short, fc.nat(6), { maxKeys: 60 });
    fc.assert(
      fc.property(counts, short, (vocabulary, written) => {
        fc.pre(written.length >= 5);
        const source = {
          documentsWith: (term: string) => vocabulary[term] ?? 0,
          surfaceOf: (t: string) => t,
        };
        const expected = Object.entries(vocabulary)
          .filter(([word, documents]) => documents >= 3 && oneEdit(word, written))
          .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
          .map(([term, documents]) => ({ term, documents, surface: term }));
        expect(slipTerms(written, plainAnalyser, source, 1000)).toEqual(expected);
      }),
    );
  });

  it('have among them the word that was meant, wherever its stem breaks', () => {
    const stems = new Map(words.map((word) => [stemOf(word), word]));
    const source = {
      documentsWith: (term: string) => (stems.has(term) ? 9 : 0),
      surfaceOf: (term: string) => stems.get(term) ?? term,
    };
    fc.assert(
      fc.property(slip, ({ word, written }) => {
        const near = slipTerms(written, mlAnalyser, source, 10);
        expect(near).toContainEqual({ term: stemOf(word), documents: 9, surface: word });
      }),
      { numRuns: 150 },
    );
  });

  it('are none for what is short, long, a number or of another script, and take a bounded number of look-ups', () => {
    let asked = 0;
    const source = {
      documentsWith: () => {
        asked += 1;
        return 0;
      },
      surfaceOf: (term: string) => term,
    };
    for (const written of [
      '',
      'abcd',
      'a'.repeat(25),
      'gpt44444',
      'größer',
      '深度学习学习',
      'two words',
      'a-bcdef',
    ])
      expect(slipTerms(written, mlAnalyser, source, 5)).toEqual([]);
    expect(asked).toBe(0);
    expect(slipTerms('abcdefghijklmnopqrstuvwx', mlAnalyser, source, 5)).toEqual([]);
    expect(asked).toBeLessThan(1400);
  });
});

describe('a search for a slip', () => {
  it('finds what was meant, says so, and suggests it', () => {
    const index = indexOf(words, 9);
    const { hits, replaced } = index.search(wordsQuery('Retentoin', mlAnalyser), { limit: 5 });
    expect(hits.map(({ id }) => id.slice(0, 3))).toEqual(Array(5).fill('p0-'));
    expect(replaced).toEqual([{ written: 'retentoin', by: ['retention'] }]);
    expect(index.suggest(wordsQuery('retentoin of tokens', mlAnalyser))).toBe('retention of tokens');
    expect(index.suggest(wordsQuery('trainign', mlAnalyser))).toBe('training');
  });

  it('shows the word as it was meant where papers mostly write another form of it', () => {
    const index = indexOf(['Trains', 'Trains', 'Training'], 9);
    expect(index.suggest(wordsQuery('trainign', mlAnalyser))).toBe('training');
  });

  it('does not take a word of one or two papers for what was meant', () => {
    const { hits, replaced } = indexOf(['Retention'], 2).search(wordsQuery('retentoin', mlAnalyser), {
      limit: 5,
    });
    expect([hits, replaced]).toEqual([[], []]);
  });
});
