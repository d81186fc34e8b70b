// Random papers and queries over a tiny vocabulary, so that words meet, phrases stand and scores tie.
import fc from 'fast-check';
import type { SearchDocument } from '../document.ts';
import { type Clause, type Filter, noFilter, type Query } from '../query/query.ts';

/** No two of them are one edit apart: an unknown one has no neighbours to be replaced by. */
const vocabulary = [
  'alpha',
  'bravo',
  'charlie',
  'delta',
  'echo',
  'foxtrot',
  'golf',
  'hotel',
  'india',
  'juliet',
];
/** The first words are frequent, the last ones rare. */
export const word: fc.Arbitrary<string> = fc
  .tuple(fc.nat(9), fc.nat(9))
  .map(([a, b]) => vocabulary[Math.min(a, b)] ?? 'alpha');
const text = (longest: number) => fc.array(word, { maxLength: longest }).map((words) => words.join(' '));
const category = fc.constantFrom('cs.LG', 'cs.CL', 'csx.A', 'stat.ML', 'math');
const day = fc.constantFrom('2024-12-31', '2025-01-01', '2025-06-13', '2026-02-28');

export function documentWith(id: fc.Arbitrary<string>): fc.Arbitrary<SearchDocument> {
  return fc.record({
    id,
    title: text(4),
    abstract: text(12),
    authors: fc.array(
      fc.array(word, { minLength: 1, maxLength: 2 }).map((names) => names.join(' ')),
      { maxLength: 3 },
    ),
    categories: fc.uniqueArray(category, { maxLength: 2 }),
    date: fc.option(day),
    source: fc.constantFrom('here', 'there'),
    hasCode: fc.boolean(),
    votes: fc.nat(3),
  });
}

/** Ids that come again, so that papers are updated. */
export const someId: fc.Arbitrary<string> = fc.nat(60).map((n) => `p${n}`);

const sequence = fc
  .array(fc.tuple(word, fc.integer({ min: 1, max: 2 })), { minLength: 1, maxLength: 3 })
  .map((steps) => {
    let offset = -(steps[0]?.[1] ?? 0);
    return steps.map(([term, gap]) => {
      offset += gap;
      return { term, offset };
    });
  });
const field = fc.constantFrom<Clause['field']>('any', 'text', 'title', 'author');
const weight = fc.constantFrom(0.25, 1, 1, 2);
const single = fc.record({
  weight,
  field,
  alternatives: word.map((term) => [[{ term, offset: 0 }]]),
  written: word,
});
const compound = fc.record({
  weight,
  field,
  alternatives: fc.array(sequence, { minLength: 1, maxLength: 3 }),
  written: word,
});
export const clause: fc.Arbitrary<Clause> = fc.oneof(
  { weight: 3, arbitrary: single },
  { weight: 1, arbitrary: compound },
);

const filter: fc.Arbitrary<Filter> = fc.oneof(
  { weight: 2, arbitrary: fc.constant(noFilter) },
  {
    weight: 1,
    arbitrary: fc.record({
      categories: fc.array(fc.constantFrom('cs', 'cs.LG', 'stat.ML', 'none'), { maxLength: 2 }),
      sources: fc.array(fc.constantFrom('here', 'there'), { maxLength: 1 }),
      ids: fc.oneof(fc.constant<string[]>([]), fc.array(someId, { maxLength: 20 })),
      from: fc.option(day, { nil: undefined }),
      to: fc.option(day, { nil: undefined }),
      hasCode: fc.option(fc.boolean(), { nil: undefined }),
      excludedCategories: fc.array(fc.constantFrom('cs', 'stat.ML'), { maxLength: 1 }),
      excludedSources: fc.array(fc.constant('there'), { maxLength: 1 }),
      excludedIds: fc.array(someId, { maxLength: 3 }),
    }),
  },
);

export const query: fc.Arbitrary<Query> = fc.record({
  words: fc.array(clause, { minLength: 1, maxLength: 5 }),
  required: fc.oneof(
    { weight: 2, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.array(clause, { maxLength: 2 }) },
  ),
  excluded: fc.oneof(
    { weight: 2, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.array(clause, { maxLength: 1 }) },
  ),
  filter,
  freeText: fc.constant(''),
  notes: fc.constant([]),
});
