// Beside the results: their order, and what they can be narrowed to. Every choice is a word of the query.
import type { SearchAnswer } from '@offprint/discovery';
import { type FacetCount, type FilterField, type SearchSort, withFilter } from '@offprint/search';
import type { ActiveFilter } from '../../search/qualifiers.ts';
import { feedHref, type SearchAddress, searchHref } from '../../search/search-address.ts';

const sorts: readonly (readonly [SearchSort, string])[] = [
  ['relevance', 'Relevance'],
  ['date', 'Newest'],
  ['votes', 'Votes'],
];
const shownValues = 8;

export interface NarrowProps {
  readonly address: SearchAddress;
  readonly answer: SearchAnswer;
  readonly active: readonly ActiveFilter[];
}

export function Narrow(props: NarrowProps) {
  const { address, answer } = props;
  const { facets } = answer;
  const some = answer.hits.length > 0;
  return (
    <section class="filters" aria-label="Sort and narrow">
      <p class="choices">
        <span class="choices-name">Sort by</span>
        {sorts.map(([sort, name]) => (
          <a
            href={searchHref(address, { sort })}
            aria-current={sort === address.sort ? 'true' : undefined}
            rel="nofollow"
          >
            {name}
          </a>
        ))}
      </p>
      {facets ? (
        <>
          <Facet {...props} name="Year" qualifier="date" counts={facets.years} />
          <Facet {...props} name="Category" qualifier="cat" counts={facets.categories} />
          {facets.sources.length > 1 ? (
            <Facet {...props} name="Source" qualifier="source" counts={facets.sources} />
          ) : null}
          {facets.withCode > 0 ? (
            <Facet
              {...props}
              name="With"
              qualifier="has"
              counts={[{ value: 'code', papers: facets.withCode }]}
            />
          ) : null}
        </>
      ) : null}
      {some ? (
        <p class="choices quiet">
          <a href={searchHref(address, { explain: !address.explain, page: address.page })} rel="nofollow">
            {address.explain ? 'Hide the reasons' : 'Why this order?'}
          </a>
          <a href={feedHref(address, 'atom')}>Follow as a feed</a>
          <a href="/topics">Topics</a>
        </p>
      ) : null}
    </section>
  );
}

function Facet(
  props: NarrowProps & {
    readonly name: string;
    readonly qualifier: FilterField;
    readonly counts: readonly FacetCount[];
  },
) {
  const { address, active, qualifier, counts } = props;
  if (counts.length === 0) return null;
  return (
    <p class="choices">
      <span class="choices-name">{props.name}</span>
      {counts.slice(0, shownValues).map(({ value, papers }) => {
        const chosen = active.find(({ label }) => label === `${qualifier}:${value}`);
        const q = chosen ? chosen.without : withFilter(address.q, qualifier, value);
        return (
          <a href={searchHref(address, { q })} aria-current={chosen ? 'true' : undefined} rel="nofollow">
            {value} <small>{papers.toLocaleString('en-US')}</small>
          </a>
        );
      })}
    </p>
  );
}
