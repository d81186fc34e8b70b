// Leafing through results.
import { deepestOffset, resultsPerPage } from '../../search/search-address.ts';

export interface ResultPagesProps {
  readonly page: number;
  readonly total: number;
  readonly href: (page: number) => string;
}

/** Links to the page before and the page after; nothing where one page is all. */
export function ResultPages({ page, total, href }: ResultPagesProps) {
  const last = Math.max(1, Math.ceil(Math.min(total, deepestOffset) / resultsPerPage));
  if (last === 1 || page > last) return null;
  return (
    <nav class="pages" aria-label="Pages">
      {page > 1 ? (
        <a rel="prev" href={href(page - 1)}>
          Previous page
        </a>
      ) : null}
      <span>
        Page {page} of {last}
      </span>
      {page < last ? (
        <a rel="next" href={href(page + 1)}>
          Next page
        </a>
      ) : null}
    </nav>
  );
}
