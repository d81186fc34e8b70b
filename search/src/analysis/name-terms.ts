// From one word of a person's name to the terms an index holds: nothing is stemmed and nothing left out.
import { fold } from './fold.ts';
import type { WordTerm, WordTerms } from './word-terms.ts';
import { maxWordUnits } from './words.ts';

/**
 * The terms of one word of a person's name: every part kept and none stemmed. `Jean-Pierre` is also
 * `jeanpierre`; `O'Brien` is `obrien` and also `brien`.
 */
export function nameTerms(word: string): WordTerms {
  const parts = [...word.matchAll(/[^\p{Pd}_.−]+/gu)].map(({ 0: part, index }) => ({
    start: index,
    end: index + part.length,
  }));
  const terms = parts.flatMap((part, position): WordTerm[] => {
    const written = word.slice(part.start, Math.min(part.end, part.start + maxWordUnits));
    const term = fold(written);
    if (term === '') return [];
    const whole = { term, position, ...part, variant: false };
    const apostrophe = written.search(/['’ʼ＇]/);
    const rest = apostrophe < 0 ? '' : fold(written.slice(apostrophe + 1));
    if (rest.length < 3) return [whole];
    return [whole, { ...whole, term: rest, start: part.start + apostrophe + 1, variant: true }];
  });
  const joined = terms
    .filter(({ variant }) => !variant)
    .map(({ term }) => term)
    .join('');
  if (parts.length === 2 && terms.some(({ term }) => term.length > 1)) {
    terms.push({ term: joined, position: 0, start: 0, end: word.length, variant: true });
    terms.sort((a, b) => a.position - b.position);
  }
  return { width: parts.length, terms };
}
