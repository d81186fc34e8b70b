// The terms of a query that are marked in its results.
import type { Query, QueryField } from './query.ts';

const fieldsOf: Readonly<Record<'title' | 'abstract' | 'author', readonly QueryField[]>> = {
  title: ['any', 'text', 'title'],
  abstract: ['any', 'text'],
  author: ['any', 'author'],
};

/**
 * What to mark in a field of a result: the terms as they were written and their spellings in one piece. The
 * words inside a name (`image` and `net` of `ImageNet`) are not: alone they were not looked for.
 */
export function queryTerms(query: Query, field: 'title' | 'abstract' | 'author'): ReadonlySet<string> {
  const clauses = [...query.words, ...query.required].filter((clause) =>
    fieldsOf[field].includes(clause.field),
  );
  return new Set(
    clauses.flatMap(({ alternatives }) =>
      alternatives
        .filter((terms, i) => i === 0 || terms.length === 1 || field === 'author')
        .flatMap((terms) => terms.map(({ term }) => term)),
    ),
  );
}
