import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { oneEdit } from '../testing/one-edit.ts';
import { paper } from '../testing/papers.ts';
import { plainAnalyser } from '../testing/plain-analyser.ts';
import { SearchIndex } from './search-index.ts';

const letter = fc.constantFrom('a', 'b', 'c', 'é', '漢', '\u{20000}');
const term = fc.array(letter, { minLength: 1, maxLength: 5 }).map((letters) => letters.join(''));

function counted(titles: readonly string[][], fits: (term: string) => boolean) {
  const counts = new Map<string, number>();
  for (const title of titles) {
    for (const word of new Set(title)) if (fits(word)) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return [...counts]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .map(([word, documents]) => ({ term: word, documents, surface: word }));
}

const titles = fc.array(fc.array(term, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 40 });

function indexOf(all: readonly string[][]): SearchIndex {
  const index = SearchIndex.create({ analyser: plainAnalyser });
  const papers = all.map((words, i) => paper(`p${i}`, { title: words.join(' '), abstract: '', authors: [] }));
  index.put(papers.slice(0, papers.length / 2));
  index.put(papers.slice(papers.length / 2));
  return index;
}

describe('the sorted dictionary', () => {
  it('knows the terms that begin with a prefix, the most frequent first', () => {
    fc.assert(
      fc.property(titles, term, (all, prefix) => {
        expect(indexOf(all).prefixTerms(prefix, 'text', 1000)).toEqual(
          counted(all, (word) => word.startsWith(prefix)),
        );
      }),
    );
  });

  it('knows the terms one edit away and no others, the first letter too', () => {
    fc.assert(
      fc.property(titles, term, (all, asked) => {
        expect(indexOf(all).fuzzyTerms(asked, 'text', 1000)).toEqual(
          counted(all, (word) => oneEdit(asked, word)),
        );
      }),
    );
  });

  it('remembers how a term is mostly written in titles', () => {
    const stemming = {
      ...plainAnalyser,
      eachToken: (text: string, sink: Parameters<typeof plainAnalyser.eachToken>[1]) =>
        plainAnalyser.eachToken(text, (word, ...rest) => sink(word.slice(0, 4), ...rest)),
    };
    const index = SearchIndex.create({ analyser: stemming });
    const written = ['Learned', 'Learning', 'learning', 'Learning', 'Learns'];
    index.put(written.map((title, i) => paper(`p${i}`, { title })));
    expect(index.prefixTerms('lear', 'text', 1)).toEqual([
      { term: 'lear', documents: 5, surface: 'learning' },
    ]);
    index.compact();
    expect(index.prefixTerms('lear', 'text', 1)[0]?.surface).toBe('learning');
  });
});
