// The page of a feed day, week or month, and of what is trending.
import type { CategoryCount, FeedPage as Entries } from '@offprint/catalogue';
import { explainTrending } from '@offprint/discovery';
import type { Verdict } from '@offprint/lab/browser';
import type { Child } from 'hono/jsx';
import type { SiteDependencies } from '../site-dependencies.ts';
import { Card } from './card.tsx';
import type { EmptyReason } from './empty-day.ts';
import { type FeedFilters, filterHref, isFiltered, pageSize } from './feed-filters.ts';
import { FilterBar } from './filter-form.tsx';
import { counted, shortDate } from './format.ts';
import { Icon } from './icons.tsx';
import { Page, type Section } from './layout.tsx';
import { type Period, periodPath, periodTitle } from './period.ts';
import { TrendingWhy } from './trending-why.tsx';

export interface FeedPageProps {
  readonly section: Section | undefined;
  /** Small line above the heading. */
  readonly kicker: Child;
  readonly heading: string;
  /** Address of this list without filters. */
  readonly path: string;
  readonly canonical: string;
  readonly spansDays: boolean;
  readonly filters: FeedFilters;
  readonly standardSort: 'votes' | 'newest' | 'trending';
  readonly feed: Entries;
  readonly categories: readonly CategoryCount[];
  readonly replacements: number;
  /** Cross-lists that the filters keep out, counted when nothing else is left to show. */
  readonly hiddenCrossLists: number;
  readonly previous: Period | undefined;
  readonly next: Period | undefined;
  readonly empty: EmptyReason | undefined;
  readonly newest: Period | undefined;
  readonly note?: Child;
  readonly trending: SiteDependencies['trending'];
  /** The feed day of asking, from which ages count. */
  readonly today: string;
  /** What the lab found, by paper id. */
  readonly verdicts: ReadonlyMap<string, Verdict>;
}

export function FeedPage(props: FeedPageProps) {
  const { feed, filters } = props;
  const noun = filters.show === 'replacements' ? 'replacement' : 'paper';
  const sort = filters.sort ?? props.standardSort;
  return (
    <Page
      title={props.heading}
      description={`${counted(feed.total, noun)}: ${props.heading}.`}
      canonical={props.canonical}
      {...(props.section ? { section: props.section } : {})}
    >
      <header class="feed-head">
        <div>
          <p class="kicker">{props.kicker}</p>
          <h1>{props.heading}</h1>
          <p class="tally">
            {feed.total === 0 ? `No ${noun}s` : counted(feed.total, noun)}
            {isFiltered(filters) ? ' under these filters' : ''}
          </p>
          {props.note}
        </div>
        <Steps previous={props.previous} next={props.next} />
      </header>
      {props.empty ? (
        <Empty reason={props.empty} newest={props.newest} />
      ) : (
        <div class="feed-body">
          <FilterBar
            path={props.path}
            filters={filters}
            standardSort={props.standardSort}
            categories={props.categories}
            replacements={props.replacements}
          />
          <div class="feed-list">
            {feed.entries.length === 0 ? (
              <NothingLeft {...props} />
            ) : (
              <ol class="cards" start={(filters.p - 1) * pageSize + 1}>
                {feed.entries.map((entry) => (
                  <Card
                    paper={entry.paper}
                    listing={entry.listing}
                    showDay={props.spansDays}
                    verdict={props.verdicts.get(entry.paper.id)}
                    categoryHref={(category) => filterHref(props.path, filters, { include: [category] })}
                  >
                    {sort === 'trending' ? (
                      <TrendingWhy
                        paper={entry.paper}
                        day={entry.listing.day}
                        why={explainTrending(
                          {
                            upvotes: entry.paper.upvotes,
                            comments: entry.paper.commentCount,
                            day: entry.listing.day,
                          },
                          props.today,
                          props.trending,
                        )}
                      />
                    ) : null}
                  </Card>
                ))}
              </ol>
            )}
            <Pages path={props.path} filters={filters} total={feed.total} />
            {feed.entries.length > 5 ? <Steps previous={props.previous} next={props.next} again /> : null}
          </div>
        </div>
      )}
    </Page>
  );
}

function Steps(props: {
  readonly previous: Period | undefined;
  readonly next: Period | undefined;
  readonly again?: boolean;
}) {
  if (!props.previous && !props.next) return null;
  const name = (period: Period): string =>
    period.kind === 'day' ? shortDate(period.from) : periodTitle(period);
  return (
    <nav class={props.again ? 'steps steps-end' : 'steps'} aria-label={props.again ? 'Days, again' : 'Days'}>
      {props.previous ? (
        <a rel="prev" href={periodPath(props.previous)}>
          <Icon name="left" />
          <span class="unseen">Earlier: </span>
          {name(props.previous)}
        </a>
      ) : null}
      {props.next ? (
        <a rel="next" href={periodPath(props.next)}>
          <span class="unseen">Later: </span>
          {name(props.next)}
          <Icon name="right" />
        </a>
      ) : null}
    </nav>
  );
}

function Empty(props: { readonly reason: EmptyReason; readonly newest: Period | undefined }) {
  return (
    <div class="notice">
      <p>{props.reason.sentence}</p>
      {props.reason.advice ? <Advice text={props.reason.advice} /> : null}
      <p class="ways">
        {props.newest ? (
          <a href={periodPath(props.newest)}>Newest papers: {periodTitle(props.newest)}</a>
        ) : null}
        <a href="/status">Status of the sources</a>
      </p>
    </div>
  );
}

/** Commands stand in their own line, to be copied. */
function Advice(props: { readonly text: string }) {
  const at = props.text.indexOf('npm run ');
  return at === -1 ? (
    <p>{props.text}</p>
  ) : (
    <p>
      {props.text.slice(0, at)}
      <code class="command">{props.text.slice(at)}</code>
    </p>
  );
}

function NothingLeft(props: FeedPageProps) {
  const { filters, path, feed } = props;
  const beyond = filters.p > 1 && feed.total > 0;
  return (
    <div class="notice">
      <p>{beyond ? `There is no page ${filters.p} here.` : 'No paper matches these filters.'}</p>
      <p class="ways">
        {beyond ? <a href={filterHref(path, filters)}>First page</a> : <a href={path}>Clear the filters</a>}
        {props.hiddenCrossLists > 0 ? (
          <a href={filterHref(path, filters, { cross: true })}>
            Show {counted(props.hiddenCrossLists, 'cross-list')}
          </a>
        ) : null}
        {props.replacements > 0 && filters.show === 'new' ? (
          <a href={filterHref(path, filters, { show: 'replacements' })}>
            Show {counted(props.replacements, 'replacement')}
          </a>
        ) : null}
      </p>
    </div>
  );
}

function Pages(props: { readonly path: string; readonly filters: FeedFilters; readonly total: number }) {
  const last = Math.max(1, Math.ceil(props.total / pageSize));
  const { p } = props.filters;
  if (last === 1 || p > last) return null;
  const link = (page: number, text: string) => (
    <a href={filterHref(props.path, props.filters, { p: page })}>{text}</a>
  );
  return (
    <nav class="pages" aria-label="Pages">
      {p > 1 ? link(p - 1, 'Previous page') : null}
      <span>
        Page {p} of {last}
      </span>
      {p < last ? link(p + 1, 'Next page') : null}
    </nav>
  );
}
