// The analyser for papers about machine learning: prose with LaTeX, model names, numbers and people.
import type { Analyser, Token, TokenSink } from './analyser.ts';
import { kind, kindOfUnit } from './characters.ts';
import { fold } from './fold.ts';
import { type PlainText, withoutLatex } from './latex.ts';
import { nameTerms } from './name-terms.ts';
import { TermTable } from './term-table.ts';
import { wordTerms } from './word-terms.ts';
import { eachWord, maxWordUnits } from './words.ts';

/** To be raised with every change of what comes out; a test holds it to a sample of texts. */
const version = 2;

/** How many words' terms are kept; nearly all words of a text are among the most frequent. */
const keptWords = 1 << 17;
const keptNameWords = 1 << 13;

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

function eachTerm(text: string, table: TermTable, sink: TokenSink): void {
  let position = 0;
  eachWord(text, (start, end, ideographs) => {
    position += ideographs
      ? pairTerms(text, start, end, position, sink)
      : table.tell(text, start, Math.min(end, start + 2 * maxWordUnits), position, sink);
  });
}

/** Tells the places of a plain text's tokens as places of the original. */
function inOriginal({ starts, ends }: PlainText, sink: TokenSink): TokenSink {
  return (term, position, start, end, variant) =>
    sink(term, position, starts[start] ?? 0, ends[end - 1] ?? 0, variant);
}

function analyser(): Analyser {
  const prose = new TermTable(keptWords, wordTerms);
  const names = new TermTable(keptNameWords, nameTerms);

  const each = (text: string, table: TermTable, sink: TokenSink): void => {
    const plain = withoutLatex(text);
    if (plain === undefined) eachTerm(text, table, sink);
    else eachTerm(plain.text, table, inOriginal(plain, sink));
  };
  const collected = (fill: (sink: TokenSink) => void): Token[] => {
    const tokens: Token[] = [];
    fill((term, position, start, end, variant) => tokens.push({ term, position, start, end, variant }));
    return tokens;
  };
  return {
    fingerprint: `ml-${version}`,
    text: (text) => collected((sink) => each(text, prose, sink)),
    eachToken: (text, sink) => each(text, prose, sink),
    name: (text) => collected((sink) => each(text, names, sink)),
  };
}

/**
 * Cuts papers and queries alike: Unicode words, folded and stemmed (Porter2), without stop words; LaTeX as
 * words; compounds, model names and acronyms in each of their spellings. Time is linear in the text.
 */
export const mlAnalyser: Analyser = analyser();
