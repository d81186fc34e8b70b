// Above the results: what was done to the query that its writer should know, and what it could be instead.
import type { Child } from 'hono/jsx';
import { searchHref } from '../../search/search-address.ts';
import type { SearchPageProps } from './search-page-props.ts';

/** What was done to the query, and what could be. */
export function SearchNotes({ address, answer, stillReading }: SearchPageProps) {
  const lines: Child[] = answer.notes.map((note) => <bdi>{note}</bdi>);
  for (const { written, by } of answer.replaced)
    lines.push(
      <>
        No paper has “<bdi>{written}</bdi>”; searched <bdi>{by.slice(0, 5).join(', ')}</bdi> instead.
      </>,
    );
  if (answer.suggestion !== undefined && answer.suggestion !== answer.searched)
    lines.push(
      <>
        Did you mean{' '}
        <a href={searchHref(address, { q: answer.suggestion })}>
          <bdi>{answer.suggestion}</bdi>
        </a>
        ?
      </>,
    );
  if (stillReading)
    lines.push('Papers are still being read for their meaning: for now, results are found by their words.');
  if (lines.length === 0) return null;
  return (
    <ul class="search-notes">
      {lines.map((line) => (
        <li>{line}</li>
      ))}
    </ul>
  );
}
