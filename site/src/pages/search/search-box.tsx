// The search box: in the masthead of every page, and larger at the top of the page of results.
import type { SearchSort } from '@offprint/search';
import { longestQuery } from '../../search/search-address.ts';

export interface SearchBoxProps {
  /** What it holds. */
  readonly q?: string;
  /** Kept when another search begins. */
  readonly sort?: SearchSort;
  readonly large?: boolean;
}

/** A form that works as it is; `client/suggest.ts` adds suggestions to it. */
export function SearchBox(props: SearchBoxProps) {
  return (
    <search class={props.large ? 'search large' : 'search'}>
      <form action="/search" method="get">
        <label for="q" class="unseen">
          Search papers, or open one by its arXiv id
        </label>
        <div class="search-field">
          <input
            id="q"
            name="q"
            type="search"
            value={props.q}
            maxlength={longestQuery}
            placeholder={props.large ? 'Words, a “phrase”, author:name, an arXiv id' : 'Search papers'}
            autocomplete="off"
            autocapitalize="off"
            spellcheck={false}
            aria-keyshortcuts="/"
            data-search
          />
        </div>
        {props.sort === undefined || props.sort === 'relevance' ? null : (
          <input type="hidden" name="sort" value={props.sort} />
        )}
        <button type="submit" class={props.large ? undefined : 'unseen-until-focus'}>
          Search
        </button>
      </form>
    </search>
  );
}
