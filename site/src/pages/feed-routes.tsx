// `/`, `/date/…`, `/week/…`, `/month/…` and `/trending`: reads what a feed page needs and renders it.

import {
  adjacentFeedDays,
  newestFeedDay,
  OffprintError,
  openFeedDay,
  readFeed,
  readFeedCategories,
  readFeedDays,
} from '@offprint/catalogue';
import { trendingDays } from '@offprint/discovery';
import { type Context, Hono } from 'hono';
import { readVerdicts } from '../lab/trial.ts';
import type { SiteDependencies } from '../site-dependencies.ts';
import { type EmptyReason, whyEmpty, whyEmptySpan } from './empty-day.ts';
import { type FeedFilters, feedQuery, parseFilters } from './feed-filters.ts';
import { FeedPage, type FeedPageProps } from './feed-page.tsx';
import { counted, shortDate } from './format.ts';
import { renderPage } from './layout.tsx';
import {
  dayPeriod,
  monthPeriod,
  type Period,
  periodOf,
  periodPath,
  periodTitle,
  weekPeriod,
} from './period.ts';

export function feedRoutes(deps: SiteDependencies): Hono {
  const routes = new Hono();
  const filtersOf = (c: Context): FeedFilters => parseFilters(new URL(c.req.url).searchParams);
  const openDay = (): string => openFeedDay(deps.now(), deps.calendar).toString();

  routes.get('/', async (c) => {
    const day = (await newestFeedDay(deps.db, openDay())) ?? openDay();
    return showPeriod(c, deps, dayPeriod(day), filtersOf(c), '/');
  });
  routes.get('/date/:day', (c) => showPeriod(c, deps, dayPeriod(c.req.param('day')), filtersOf(c)));
  routes.get('/week/:week', (c) => showPeriod(c, deps, weekPeriod(c.req.param('week')), filtersOf(c)));
  routes.get('/month/:month', (c) => showPeriod(c, deps, monthPeriod(c.req.param('month')), filtersOf(c)));
  for (const kind of ['week', 'month'] as const)
    routes.get(`/${kind}`, async (c) => {
      const day = (await newestFeedDay(deps.db, openDay())) ?? openDay();
      return c.redirect(periodPath(periodOf(kind, day)), 302);
    });
  routes.get('/trending', (c) => showTrending(c, deps, filtersOf(c)));
  return routes;
}

async function showPeriod(
  c: Context,
  deps: SiteDependencies,
  period: Period,
  filters: FeedFilters,
  path = periodPath(period),
): Promise<Response> {
  const today = openFeedDay(deps.now(), deps.calendar).toString();
  if (period.from > today)
    throw new OffprintError('not-found', whyEmpty(period.from, deps.now(), deps.calendar, []).sentence, {
      field: period.kind,
    });
  const [contents, neighbours, verdicts] = await Promise.all([
    readList(deps, period, filters, 'votes'),
    adjacentFeedDays(deps.db, period),
    readVerdicts(deps),
  ]);
  const { previous, next } = neighbours;
  const isEmpty = contents.feed.total === 0 && contents.everything === 0;
  const newest = isEmpty ? await newestFeedDay(deps.db, today) : undefined;
  const reasonOf = async ({ kind, from, to }: Period): Promise<EmptyReason> =>
    kind === 'day'
      ? whyEmpty(from, deps.now(), deps.calendar, await readFeedDays(deps.db, from, to))
      : whyEmptySpan(kind, { from, to });
  return c.html(
    renderPage(
      <FeedPage
        {...contents}
        section={period.kind === 'day' && path !== '/' ? undefined : period.kind}
        kicker={kicker(period)}
        heading={periodTitle(period)}
        path={path}
        canonical={`${deps.publicUrl}${periodPath(period)}`}
        spansDays={period.kind !== 'day'}
        filters={filters}
        standardSort="votes"
        previous={previous === null ? undefined : periodOf(period.kind, previous)}
        next={next === null || next > today ? undefined : periodOf(period.kind, next)}
        empty={isEmpty ? await reasonOf(period) : undefined}
        newest={newest === undefined ? undefined : dayPeriod(newest)}
        verdicts={verdicts}
        trending={deps.trending}
        today={today}
      />,
    ),
  );
}

type Contents = Pick<FeedPageProps, 'feed' | 'categories' | 'replacements' | 'hiddenCrossLists'> & {
  /** Listings of any kind in the period, filters aside. */
  readonly everything: number;
};

async function readList(
  deps: SiteDependencies,
  range: { readonly from: string; readonly to: string },
  filters: FeedFilters,
  standardSort: 'votes' | 'trending',
): Promise<Contents> {
  const chosen = filters.sort ?? standardSort;
  const sort = chosen === 'trending' ? { trending: deps.trending } : chosen;
  const query = feedQuery(filters, range, sort);
  const count = async (change: Partial<typeof query>): Promise<number> =>
    (await readFeed(deps.db, { ...query, ...change, offset: 0, limit: 1 })).total;
  const [feed, categories, replacements] = await Promise.all([
    readFeed(deps.db, query),
    readFeedCategories(deps.db, range, 8),
    count({ replacements: true, replacementsOnly: true }),
  ]);
  if (feed.total > 0) return { feed, categories, replacements, hiddenCrossLists: 0, everything: feed.total };
  const bare = { replacementsOnly: false, replacements: true, crossLists: true };
  const [hiddenCrossLists, everything] = await Promise.all([
    filters.cross ? 0 : count({ crossLists: true }),
    readFeed(deps.db, {
      from: range.from,
      to: range.to,
      ...bare,
      hasCode: false,
      sort: 'votes',
      offset: 0,
      limit: 1,
    }),
  ]);
  return { feed, categories, replacements, hiddenCrossLists, everything: everything.total };
}

async function showTrending(c: Context, deps: SiteDependencies, filters: FeedFilters): Promise<Response> {
  const today = openFeedDay(deps.now(), deps.calendar).toString();
  const newest = (await newestFeedDay(deps.db, today)) ?? today;
  const range = {
    from: Temporal.PlainDate.from(newest).subtract({ days: trendingDays }).toString(),
    to: newest,
  };
  const [contents, verdicts] = await Promise.all([
    readList(deps, range, filters, 'trending'),
    readVerdicts(deps),
  ]);
  const isEmpty = contents.everything === 0;
  return c.html(
    renderPage(
      <FeedPage
        {...contents}
        section="trending"
        kicker={`${shortDate(range.from)} to ${shortDate(range.to)}`}
        heading="Trending"
        path="/trending"
        canonical={`${deps.publicUrl}/trending`}
        spansDays
        filters={filters}
        standardSort="trending"
        previous={undefined}
        next={undefined}
        empty={isEmpty ? whyEmpty(today, deps.now(), deps.calendar, []) : undefined}
        newest={undefined}
        note={
          <p class="lede">
            Attention that halves every {counted(deps.trending.halfLifeDays, 'day')}:{' '}
            <a href="/about/trending">how trending works</a>.
          </p>
        }
        verdicts={verdicts}
        trending={deps.trending}
        today={newest}
      />,
    ),
  );
}

function kicker(period: Period) {
  if (period.kind !== 'day') return `${shortDate(period.from)} to ${shortDate(period.to)}`;
  const week = periodOf('week', period.from);
  const month = periodOf('month', period.from);
  return (
    <>
      Papers of the day · <a href={periodPath(week)}>{periodTitle(week)}</a> ·{' '}
      <a href={periodPath(month)}>{periodTitle(month)}</a>
    </>
  );
}
