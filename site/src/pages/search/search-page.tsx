// The page of results: what was searched, what it was narrowed to, the papers, and what to try when there are none.
import type { SearchAnswer } from '@offprint/discovery';
import { withFilter } from '@offprint/search';
import { clip } from '../../maths/clean-text.ts';
import { plainProse } from '../../maths/prose.ts';
import { marksOf } from '../../search/marks.ts';
import { type ActiveFilter, activeFilters, withoutFilters } from '../../search/qualifiers.ts';
import {
  feedHref,
  longestQuery,
  resultsPerPage,
  type SearchAddress,
  searchHref,
  similarHref,
} from '../../search/search-address.ts';
import { Card } from '../card.tsx';
import { counted } from '../format.ts';
import { Page } from '../layout.tsx';
import { ExplanationTable } from './explanation-table.tsx';
import { Narrow } from './result-facets.tsx';
import { ResultPages } from './result-pages.tsx';
import { SearchBox } from './search-box.tsx';
import { SearchNotes } from './search-notes.tsx';
import type { SearchPageProps } from './search-page-props.ts';

export function SearchPage(props: SearchPageProps) {
  const { address, answer } = props;
  const active = activeFilters(address.q);
  const typed = address.q.length <= longestQuery ? address.q : answer.searched;
  const marks = marksOf(answer.terms);
  const first = (address.page - 1) * resultsPerPage + 1;
  return (
    <Page
      title={`${clip(typed, 100)} · Search`}
      unlisted
      ownSearchBox
      head={<SearchFeedLinks address={address} />}
    >
      <header class="search-head">
        <h1 class="unseen">Search</h1>
        <SearchBox q={typed} sort={address.sort} large />
        <Chips active={active} address={address} />
        <p class="tally">{tallyOf(answer)}</p>
        <SearchNotes {...props} />
      </header>
      <div class="feed-body">
        <Narrow address={address} answer={answer} active={active} />
        <div class="feed-list">
          {answer.hits.length === 0 ? (
            <NothingFound {...props} active={active} />
          ) : (
            <ol class="cards" start={first}>
              {answer.hits.map((hit) => (
                <Card
                  paper={hit.paper}
                  categoryHref={(category) =>
                    searchHref(address, { q: withFilter(address.q, 'cat', category) })
                  }
                  marks={marks}
                  actions={
                    <a href={similarHref({ like: [hit.paper.id], sort: 'relevance', page: 1 })}>
                      More like this
                      <span class="unseen">: {plainProse(hit.paper.title, 120)}</span>
                    </a>
                  }
                >
                  {hit.explanation ? (
                    <ExplanationTable
                      explanation={hit.explanation}
                      score={hit.score}
                      title={hit.paper.title}
                    />
                  ) : null}
                </Card>
              ))}
            </ol>
          )}
          <ResultPages
            page={address.page}
            total={answer.total}
            href={(page) => searchHref(address, { page })}
          />
        </div>
      </div>
    </Page>
  );
}

/** What feed readers find on a page of results. */
function SearchFeedLinks(props: { readonly address: SearchAddress }) {
  const { q } = props.address;
  const title = `Offprint, papers on ${clip(q, 100)}`;
  return (
    <>
      <link
        rel="alternate"
        type="application/atom+xml"
        title={title}
        href={feedHref(props.address, 'atom')}
      />
      <link
        rel="alternate"
        type="application/feed+json"
        title={title}
        href={feedHref(props.address, 'json')}
      />
    </>
  );
}

function tallyOf({ total, capped }: SearchAnswer): string {
  if (total === 0) return 'No papers';
  return capped ? `The best ${counted(total, 'paper')}` : counted(total, 'paper');
}

function Chips(props: { readonly active: readonly ActiveFilter[]; readonly address: SearchAddress }) {
  if (props.active.length === 0) return null;
  return (
    <ul class="chips" aria-label="Filters of this search">
      {props.active.map(({ label, without }) => (
        <li>
          <a href={searchHref(props.address, { q: without })}>
            <bdi>{label}</bdi>
            <span aria-hidden="true"> ×</span>
            <span class="unseen">: remove this filter</span>
          </a>
        </li>
      ))}
    </ul>
  );
}

function NothingFound(props: SearchPageProps & { readonly active: readonly ActiveFilter[] }) {
  const { address, answer, active } = props;
  if (answer.total > 0)
    return (
      <div class="notice">
        <p>
          There is no page {address.page} here: {answer.capped ? 'the best ' : ''}
          {counted(answer.total, 'paper')} end before it.
        </p>
        <p class="ways">
          <a href={searchHref(address)}>First page</a>
        </p>
      </div>
    );
  const bare = withoutFilters(address.q);
  return (
    <div class="notice">
      <p>No paper of this catalogue matches.</p>
      <ul class="hints">
        <li>Try fewer or more general words; one is enough.</li>
        <li>
          To open a paper you know, search its arXiv id, such as <code>2406.08607</code>: what is not here yet
          can be asked for.
        </li>
      </ul>
      <p class="ways">
        {active.length > 0 && bare !== '' ? (
          <a href={searchHref(address, { q: bare })}>Search without filters</a>
        ) : null}
        <a href="/about/search">How to search</a>
        <a href="/">Newest papers</a>
      </p>
    </div>
  );
}
