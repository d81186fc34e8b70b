// `/status`: where papers come from, how that went last, and when it is tried again.
import {
  countPapers,
  type FeedCalendar,
  listSources,
  newestFeedDay,
  openFeedDay,
  type SourceStatus,
} from '@offprint/catalogue';
import type { SearchState } from '@offprint/discovery';
import { arxivRhythm } from '@offprint/ingest';
import { clip } from '../maths/clean-text.ts';
import { plainProse } from '../maths/prose.ts';
import { readSearchState } from '../search/search-state.ts';
import type { SiteDependencies } from '../site-dependencies.ts';
import { Fact } from './fact.tsx';
import { counted, longDate, zonedMoment } from './format.ts';
import { Page } from './layout.tsx';
import { SearchStatus } from './search-status.tsx';
import { sourceTitle } from './source-title.ts';

export interface StatusPageProps {
  readonly calendar: FeedCalendar;
  readonly openDay: string;
  readonly newestDay: string | undefined;
  readonly papers: number;
  readonly sources: readonly SourceStatus[];
  readonly search: SearchState | undefined;
}

/** Reads what the status page shows. */
export async function readStatus(deps: SiteDependencies): Promise<StatusPageProps> {
  const openDay = openFeedDay(deps.now(), deps.calendar).toString();
  const [sources, newestDay, papers, search] = await Promise.all([
    listSources(deps.db),
    newestFeedDay(deps.db, openDay),
    countPapers(deps.db),
    readSearchState(deps.search),
  ]);
  return { calendar: deps.calendar, openDay, newestDay, papers, sources, search };
}

export function StatusPage(props: StatusPageProps) {
  const { calendar, openDay, newestDay, papers, sources } = props;
  return (
    <Page title="Status" section="status">
      <header class="feed-head">
        <div>
          <p class="kicker">Times are in {calendar.zone}</p>
          <h1>Status</h1>
          <p class="tally">{counted(papers, 'paper')} in the catalogue</p>
        </div>
      </header>
      <div class="essay sources">
        <p>
          {longDate(openDay, { weekday: true })} is the feed day that is open; the next one opens at{' '}
          {calendar.opensAt}.{' '}
          {newestDay === undefined ? (
            'No day has papers yet.'
          ) : (
            <>
              The newest day with papers is <a href={`/date/${newestDay}`}>{longDate(newestDay)}</a>.
            </>
          )}{' '}
          {arxivRhythm}
        </p>
        {sources.length === 0 ? (
          <p class="notice">
            No source has been asked yet. Begin with <code>npx offprint ingest rss</code>.
          </p>
        ) : (
          sources.map((source) => <Source source={source} zone={calendar.zone} />)
        )}
        <SearchStatus state={props.search} />
      </div>
    </Page>
  );
}

function Source(props: { readonly source: SourceStatus; readonly zone: string }) {
  const { source, zone } = props;
  const moment = (instant: string) => <time datetime={instant}>{zonedMoment(instant, zone)}</time>;
  const run = source.lastRun;
  return (
    <section class="source" aria-label={sourceTitle(source.name)}>
      <h2>{sourceTitle(source.name)}</h2>
      {source.note ? <p>{clip(plainProse(source.note), 500)}</p> : null}
      <dl class="facts">
        <Fact name="Last success">{source.lastSuccessAt ? moment(source.lastSuccessAt) : 'never'}</Fact>
        {source.lastError ? (
          <Fact name="Last error">
            {source.lastErrorAt ? <span>{moment(source.lastErrorAt)}</span> : null}
            <span class="bad" dir="auto">
              {clip(plainProse(source.lastError), 500)}
            </span>
          </Fact>
        ) : null}
        {source.nextTryAt ? <Fact name="Next try">{moment(source.nextTryAt)}</Fact> : null}
        {run ? (
          <Fact name="Last run">
            <span>
              {run.outcome ?? 'under way'}, {moment(run.startedAt)}
            </span>
            <span>
              {counts.map(([field, word]) => `${run[field].toLocaleString('en-US')} ${word}`).join(', ')}
            </span>
          </Fact>
        ) : null}
      </dl>
      {run && run.refusals.length > 0 ? (
        <details>
          <summary>
            What was refused<span class="unseen"> from {sourceTitle(source.name)}</span>
          </summary>
          <ul class="refusals">
            {run.refusals.slice(0, 100).map(({ id, reason }) => (
              <li>
                <bdi>{clip(plainProse(id), 120)}</bdi>: <bdi>{clip(plainProse(reason), 300)}</bdi>
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </section>
  );
}

const counts = [
  ['fetched', 'fetched'],
  ['created', 'new'],
  ['updated', 'updated'],
  ['unchanged', 'unchanged'],
  ['refused', 'refused'],
] as const;
