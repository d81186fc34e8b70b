// The analyser for papers about machine learning: prose with LaTeX, model names, numbers and people.
import type { Analyser, Token, TokenSink } from './analyser.ts';
import { kind, kindOfUnit } from './characters.ts';
import { fold } from './fold.ts';
import { type PlainText, withoutLatex } from './latex.ts';
import { RecentMap } from './recent-map.ts';
import { nameTerms, type WordTerms, wordTerms } from './word-terms.ts';
import { eachWord, maxWordUnits } from './words.ts';

/** To be raised with every change of what comes out; a test holds it to a sample of texts. */
const version = 1;

/** Words whose terms are kept: most words of a text are among the most recent. */
const keptWords = 1 << 15;

/** The word as a string of its own, so that a cache does not keep whole texts alive through their slices. */
const detached = (word: string): string => (word.length < 13 ? word : Array.from(word).join(''));

/** Runs of characters without spaces: each pair of neighbours is a term, a lone one is a term by itself. */
function pairTerms(text: string, start: number, end: number, position: number, sink: TokenSink): number {
  const starts: number[] = [];
  for (let i = start; i < end; ) {
    starts.push(i);
    i += text.codePointAt(i) === undefined || (text.codePointAt(i) ?? 0) <= 0xffff ? 1 : 2;
    while (i < end && kindOfUnit(text.charCodeAt(i)) === kind.mark) i += 1;
  }
  const pairs = Math.max(1, starts.length - 1);
  for (let k = 0; k < pairs; k += 1) {
    const from = starts[k] ?? start;
    const to = starts[k + 2] ?? end;
    sink(fold(text.slice(from, Math.min(to, from + maxWordUnits))), position + k, from, to, false);
  }
  return pairs;
}

function eachTerm(
  text: string,
  termsOf: (word: string) => WordTerms,
  kept: RecentMap<WordTerms>,
  sink: TokenSink,
): void {
  let position = 0;
  eachWord(text, (start, end, ideographs) => {
    if (ideographs) {
      position += pairTerms(text, start, end, position, sink);
      return;
    }
    const word = text.slice(start, Math.min(end, start + 2 * maxWordUnits));
    let found = kept.get(word);
    if (found === undefined) {
      const key = detached(word);
      found = termsOf(key);
      kept.set(key, found);
    }
    const { terms, width } = found;
    for (let k = 0; k < terms.length; k += 1) {
      const at = terms[k];
      if (at !== undefined)
        sink(at.term, position + at.position, start + at.start, start + at.end, at.variant);
    }
    position += width;
  });
}

/** Tells the places of a plain text's tokens as places of the original. */
function inOriginal({ origins }: PlainText, sink: TokenSink): TokenSink {
  return (term, position, start, end, variant) =>
    sink(term, position, origins[start] ?? 0, (origins[end - 1] ?? 0) + 1, variant);
}

function analyser(): Analyser {
  const keptText = new RecentMap<WordTerms>(keptWords);
  const keptNames = new RecentMap<WordTerms>(keptWords);

  const each = (
    text: string,
    termsOf: (word: string) => WordTerms,
    kept: RecentMap<WordTerms>,
    sink: TokenSink,
  ): void => {
    const plain = withoutLatex(text);
    if (plain === undefined) eachTerm(text, termsOf, kept, sink);
    else eachTerm(plain.text, termsOf, kept, inOriginal(plain, sink));
  };
  const collected = (fill: (sink: TokenSink) => void): Token[] => {
    const tokens: Token[] = [];
    fill((term, position, start, end, variant) => tokens.push({ term, position, start, end, variant }));
    return tokens;
  };
  return {
    fingerprint: `ml-${version}`,
    text: (text) => collected((sink) => each(text, wordTerms, keptText, sink)),
    eachToken: (text, sink) => each(text, wordTerms, keptText, sink),
    name: (text) => collected((sink) => each(text, nameTerms, keptNames, sink)),
  };
}

/**
 * Cuts papers and queries alike: Unicode words, folded and stemmed (Porter2), without stop words; LaTeX as
 * words; compounds, model names and acronyms in each of their spellings. Time is linear in the text.
 */
export const mlAnalyser: Analyser = analyser();
