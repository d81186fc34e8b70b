// The simplest analyser that keeps the contract, for tests of what stands on it: lower-case words, no stems.
import type { Analyser, Token } from '../analysis/analyser.ts';

function words(text: string): Token[] {
  return [...text.matchAll(/[\p{L}\p{N}]+/gu)].map((match, position) => ({
    term: match[0].toLowerCase(),
    position,
    start: match.index,
    end: match.index + match[0].length,
    variant: false,
  }));
}

export const plainAnalyser: Analyser = {
  fingerprint: 'plain-1',
  text: words,
  name: words,
  eachToken: (text, sink) => {
    for (const { term, position, start, end, variant } of words(text))
      sink(term, position, start, end, variant);
  },
};
