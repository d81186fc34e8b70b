// Topics: the list of them, and the page of each, which reads as a feed.
import type { Topic } from '@offprint/catalogue';
import type { SearchHit } from '@offprint/discovery';
import { plainProse } from '../../maths/prose.ts';
import { mostExamples, resultsPerPage, searchHref, similarHref } from '../../search/search-address.ts';
import { Card } from '../card.tsx';
import { counted } from '../format.ts';
import { Page } from '../layout.tsx';
import { Line } from '../text.tsx';

/** `/topics`. */
export function TopicsPage(props: { readonly topics: readonly Topic[] }) {
  return (
    <Page title="Topics" description="Searches that are kept and read as feeds.">
      <article class="essay">
        <p class="kicker">
          <a href="/search">Search</a>
        </p>
        <h1>Topics</h1>
        {props.topics.length === 0 ? (
          <p>There is no topic here yet.</p>
        ) : (
          <ul class="topics">
            {props.topics.map((topic) => (
              <li>
                <h2>
                  <a href={topicPath(topic)}>
                    <Line text={topic.title} />
                  </a>
                </h2>
                <p class="byline">
                  <Description topic={topic} />
                </p>
              </li>
            ))}
          </ul>
        )}
        <h2>Adding one</h2>
        <p>
          A topic is a search, a few papers that others should be like, or both. Its page shows what belongs
          to it with the newest first, and it can be followed as a feed. Whoever runs this site adds one on
          the command line:
        </p>
        <p>
          <code class="command">npx offprint topic add "TITLE" --query "WORDS" --like ID</code>
        </p>
      </article>
    </Page>
  );
}

export interface TopicPageProps {
  readonly topic: Topic;
  readonly hits: readonly SearchHit[];
  readonly page: number;
  readonly hasMore: boolean;
  readonly publicUrl: string;
}

/** `/topics/:slug`. */
export function TopicPage(props: TopicPageProps) {
  const { topic, hits, page, hasMore } = props;
  const path = topicPath(topic);
  const title = plainProse(topic.title, 200);
  return (
    <Page
      title={title}
      description={`New papers on ${title}.`}
      canonical={`${props.publicUrl}${path}`}
      head={
        <>
          <link rel="alternate" type="application/atom+xml" title={title} href={`${path}/feed.atom`} />
          <link rel="alternate" type="application/feed+json" title={title} href={`${path}/feed.json`} />
        </>
      }
    >
      <header class="feed-head">
        <div>
          <p class="kicker">
            <a href="/topics">Topics</a>
          </p>
          <h1>
            <Line text={topic.title} />
          </h1>
          <p class="tally">Newest first</p>
        </div>
      </header>
      <div class="feed-body">
        <section class="filters" aria-label="About this topic">
          <p class="choices">
            <span class="choices-name">Searches</span>
            <span>
              <Description topic={topic} />
            </span>
          </p>
          <p class="choices quiet">
            <a href={`${path}/feed.atom`}>Follow as a feed</a>
            <a href="/topics">All topics</a>
          </p>
        </section>
        <div class="feed-list">
          {hits.length === 0 ? (
            <div class="notice">
              <p>{page > 1 ? `There is no page ${page} here.` : 'No paper belongs to this topic yet.'}</p>
              <p class="ways">
                {page > 1 ? <a href={path}>First page</a> : null}
                <a href="/topics">All topics</a>
              </p>
            </div>
          ) : (
            <ol class="cards" start={(page - 1) * resultsPerPage + 1}>
              {hits.map(({ paper }) => (
                <Card
                  paper={paper}
                  categoryHref={(category) =>
                    searchHref({ q: `cat:${category}`, sort: 'date', page: 1, explain: false })
                  }
                />
              ))}
            </ol>
          )}
          {page > 1 || hasMore ? (
            <nav class="pages" aria-label="Pages">
              {page > 1 ? (
                <a rel="prev" href={page === 2 ? path : `${path}?page=${page - 1}`}>
                  Newer papers
                </a>
              ) : null}
              <span>Page {page}</span>
              {hasMore ? (
                <a rel="next" href={`${path}?page=${page + 1}`}>
                  Older papers
                </a>
              ) : null}
            </nav>
          ) : null}
        </div>
      </div>
    </Page>
  );
}

/** The address of a topic's page. */
export function topicPath(topic: Topic): string {
  return `/topics/${encodeURIComponent(topic.slug)}`;
}

/** What a topic is made of, as links that search it. */
function Description({ topic }: { readonly topic: Topic }) {
  const query = topic.query.trim();
  const examples = topic.examples.length;
  return (
    <>
      {query === '' ? null : (
        <a href={searchHref({ q: query, sort: 'date', page: 1, explain: false })}>
          <Line text={query} />
        </a>
      )}
      {query !== '' && examples > 0 ? ', and ' : ''}
      {examples > 0 ? (
        <a href={similarHref({ like: topic.examples.slice(0, mostExamples), sort: 'date', page: 1 })}>
          papers like {counted(examples, 'example')}
        </a>
      ) : null}
    </>
  );
}
