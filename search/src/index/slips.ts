// Words that a misspelt one may stand for when the slip broke its stem: `retentoin` is no letter away from `retent`.
import type { Analyser } from '../analysis/analyser.ts';
import { compareTexts } from './byte-order.ts';
import type { NearTerm } from './neighbours.ts';

/** What the look-up asks the index about a term. */
export interface SlipSource {
  documentsWith(term: string): number;
  /** How a term is mostly written. */
  surfaceOf(term: string): string;
}

/** Letters of a word that is looked up; each costs some fifty tries. */
const shortest = 5;
const longest = 24;
/** A slip of a word that fewer papers hold is not assumed. */
const fewest = 3;
const letters = 'abcdefghijklmnopqrstuvwxyz';

/**
 * Writes the word in every way that is one edit away, cuts these into terms as a text, and keeps the terms that papers
 * hold. It needs no second dictionary, but some five hundred look-ups: a few milliseconds a word.
 *
 * @param written one word of Latin letters; anything else is near nothing.
 * @returns the terms that most papers hold first, each as it is mostly written where that is one edit away, and
 *   otherwise as it was written to get there.
 */
export function slipTerms(
  written: string,
  analyser: Analyser,
  source: SlipSource,
  limit: number,
): readonly NearTerm[] {
  const word = written.toLowerCase();
  if (word.length < shortest || word.length > longest || !/^[a-z]+$/.test(word)) return [];
  const edits = oneEditWords(word);
  const spellings = new Map<string, Set<string>>();
  for (const { edited, term } of termsOf(edits, analyser)) {
    const known = spellings.get(term);
    if (known === undefined) spellings.set(term, new Set([edited]));
    else known.add(edited);
  }
  return [...spellings]
    .map(([term, edited]) => ({ term, edited, documents: source.documentsWith(term) }))
    .filter(({ documents }) => documents >= fewest)
    .sort((a, b) => b.documents - a.documents || compareTexts(a.term, b.term))
    .slice(0, limit)
    .map(({ term, edited, documents }) => {
      const usual = source.surfaceOf(term);
      const [first = usual] = edited;
      return { term, documents, surface: edited.has(usual) ? usual : first };
    });
}

/** The likeliest slips first: two letters exchanged, then one wrong, one too many, one too few. */
function oneEditWords(word: string): string[] {
  const edits = new Set<string>();
  for (let i = 0; i + 1 < word.length; i += 1)
    edits.add(word.slice(0, i) + word.charAt(i + 1) + word.charAt(i) + word.slice(i + 2));
  for (let i = 0; i < word.length; i += 1)
    for (const letter of letters) edits.add(word.slice(0, i) + letter + word.slice(i + 1));
  for (let i = 0; i < word.length; i += 1) edits.add(word.slice(0, i) + word.slice(i + 1));
  for (let i = 0; i <= word.length; i += 1)
    for (const letter of letters) edits.add(word.slice(0, i) + letter + word.slice(i));
  edits.delete(word);
  return [...edits];
}

/** The term of each word that is one; common words have none. All are analysed as one text, a line each. */
function termsOf(words: readonly string[], analyser: Analyser): { edited: string; term: string }[] {
  const found: { edited: string; term: string }[] = [];
  let line = 0;
  let lineStart = 0;
  analyser.eachToken(words.join('\n'), (term, _position, start, end, variant) => {
    let word = words[line] ?? '';
    while (start > lineStart + word.length) {
      lineStart += word.length + 1;
      line += 1;
      word = words[line] ?? '';
    }
    if (!variant && start === lineStart && end === lineStart + word.length)
      found.push({ edited: word, term });
  });
  return found;
}
