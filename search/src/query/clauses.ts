// From what was written to what must stand in a paper: words and phrases with every spelling the index knows.
import type { Analyser, Token } from '../analysis/analyser.ts';
import type { Clause, QueryField, SequenceTerm } from './query.ts';

/** More spellings of one phrase are not looked for. */
const maxAlternatives = 8;

/** The tokens of one written word: its parts and their variants. */
interface Word {
  readonly tokens: readonly Token[];
  readonly start: number;
  readonly end: number;
}

/** One way in which a word may stand in a text, and how many positions more (or fewer) than its parts it takes. */
interface Spelling {
  readonly terms: readonly SequenceTerm[];
  readonly shift: number;
}

/** Tokens whose places overlap belong to one word: `KV-cache` is kv, cach and, over both, kvcach. */
function wordsOf(tokens: readonly Token[]): Word[] {
  const words: { tokens: Token[]; start: number; end: number }[] = [];
  for (const token of tokens) {
    const word = words.at(-1);
    if (word === undefined || token.start >= word.end) {
      words.push({ tokens: [token], start: token.start, end: token.end });
    } else {
      word.tokens.push(token);
      word.end = Math.max(word.end, token.end);
    }
  }
  return words;
}

/** The spellings of a word, its terms counted from the word's first position. */
function spellings({ tokens, start, end }: Word): Spelling[] {
  const first = tokens[0]?.position ?? 0;
  const parts = tokens.filter(({ variant }) => !variant);
  const width = (parts.at(-1)?.position ?? first) - first;
  const found: Spelling[] = [];
  if (parts.length > 0) {
    found.push({ terms: parts.map(({ term, position }) => ({ term, offset: position - first })), shift: 0 });
  }
  const joined = tokens.filter((token) => token.variant && token.start === start && token.end === end);
  for (const { term } of joined) found.push({ terms: [{ term, offset: 0 }], shift: -width });
  // Words inside one name (`ImageNet`) are looked for side by side; one alone would find too much.
  const inner = tokens.filter((token) => token.variant && !joined.includes(token));
  if (parts.length === 1 && inner.length > 1) {
    found.push({ terms: inner.map(({ term }, offset) => ({ term, offset })), shift: inner.length - 1 });
  }
  return found;
}

/** The sequences that begin with their first term. */
function fromFirst(terms: readonly SequenceTerm[]): readonly SequenceTerm[] {
  const first = terms[0]?.offset ?? 0;
  return first === 0 ? terms : terms.map(({ term, offset }) => ({ term, offset: offset - first }));
}

function distinct(alternatives: readonly (readonly SequenceTerm[])[]): (readonly SequenceTerm[])[] {
  const seen = new Set<string>();
  return alternatives
    .filter((terms) => terms.length > 0)
    .map(fromFirst)
    .filter((terms) => {
      const key = JSON.stringify(terms);
      return seen.size < seen.add(key).size;
    });
}

/** All words in one sequence, in each combination of their spellings. */
function sequences(tokens: readonly Token[]): (readonly SequenceTerm[])[] {
  const start = tokens[0]?.position ?? 0;
  let found: Spelling[] = [{ terms: [], shift: 0 }];
  for (const word of wordsOf(tokens)) {
    const at = (word.tokens[0]?.position ?? 0) - start;
    found = spellings(word)
      .flatMap((spelling) =>
        found.map((before) => ({
          terms: [
            ...before.terms,
            ...spelling.terms.map(({ term, offset }) => ({ term, offset: at + before.shift + offset })),
          ],
          shift: before.shift + spelling.shift,
        })),
      )
      .slice(0, maxAlternatives);
  }
  return found.map(({ terms }) => terms);
}

/** `pre trained` as `pre-trained`: prefixes that are no words are indexed with what follows them. */
const withHyphens = (text: string): string =>
  text.replace(
    /\b(anti|auto|co|de|inter|intra|meta|multi|non|over|post|pre|pseudo|re|semi|sub|super|un|uni) (?=\p{L}{3})/giu,
    '$1-',
  );

/** Whether names are among what a field holds. */
const holdsNames = (field: QueryField): boolean => field === 'any' || field === 'author';

/**
 * The clause of words that must stand together, in this order.
 *
 * @returns `undefined` when nothing of the text is indexed.
 */
export function phraseClause(text: string, field: QueryField, analyser: Analyser): Clause | undefined {
  const prose = field === 'author' ? [] : sequences(analyser.text(text));
  const hyphened = field === 'author' ? text : withHyphens(text);
  const prefixed = hyphened === text ? [] : sequences(analyser.text(hyphened));
  const isProse = prose.some((terms) => terms.length > 0);
  const names = holdsNames(field) && (isProse || field === 'author') ? sequences(analyser.name(text)) : [];
  const alternatives = distinct([...prose, ...prefixed.slice(0, maxAlternatives / 2), ...names]);
  return alternatives.length === 0 ? undefined : { field, alternatives, written: text };
}

/** A clause for each word of a text that is indexed. */
export function wordClauses(text: string, analyser: Analyser): Clause[] {
  return wordsOf(analyser.text(text)).flatMap((word) => {
    const written = text.slice(word.start, word.end);
    // People are also found by their names, which are not stemmed.
    const names = sequences(analyser.name(written));
    const alternatives = distinct([...spellings(word).map(({ terms }) => terms), ...names]);
    return alternatives.length === 0 ? [] : [{ field: 'any' as const, alternatives, written }];
  });
}
