// Papers like some examples: the examples on top, what is near them below, and links that add more examples.
import type { PaperCard } from '@offprint/catalogue';
import type { SimilarAnswer } from '@offprint/discovery';
import { clip } from '../../maths/clean-text.ts';
import { plainProse } from '../../maths/prose.ts';
import {
  feedHref,
  mostExamples,
  resultsPerPage,
  type SimilarAddress,
  searchHref,
  similarHref,
} from '../../search/search-address.ts';
import { Card } from '../card.tsx';
import { counted, paperPath } from '../format.ts';
import { Page } from '../layout.tsx';
import { Line } from '../text.tsx';
import { ResultPages } from './result-pages.tsx';

export interface SimilarPageProps {
  readonly address: SimilarAddress;
  readonly examples: readonly PaperCard[];
  /** Ids asked for that the catalogue does not hold. */
  readonly unknown: readonly string[];
  readonly answer: SimilarAnswer;
  /** Whether papers are found by words alone until more of them are read for their meaning. */
  readonly stillReading: boolean;
}

export function SimilarPage({ address, examples, unknown, answer, stillReading }: SimilarPageProps) {
  const { like } = address;
  const first = examples[0]?.title ?? '';
  const rest = examples.length - 1;
  return (
    <Page
      title={`Papers like ${plainProse(first, 80)}${rest > 0 ? ` and ${counted(rest, 'other')}` : ''}`}
      unlisted
      head={
        <>
          <link
            rel="alternate"
            type="application/atom+xml"
            title="Papers like these"
            href={feedHref(address, 'atom')}
          />
          <link
            rel="alternate"
            type="application/feed+json"
            title="Papers like these"
            href={feedHref(address, 'json')}
          />
        </>
      }
    >
      <header class="feed-head">
        <div>
          <p class="kicker">
            <a href="/search">Search</a> by example
          </p>
          <h1>{examples.length === 1 ? 'Papers like this one' : 'Papers like these'}</h1>
          <ul class="examples" aria-label="Examples">
            {examples.map((paper) => (
              <li>
                <a href={paperPath(paper.id)}>
                  <Line text={clip(paper.title, 200)} />
                </a>{' '}
                {examples.length > 1 ? (
                  <a
                    class="remove"
                    href={similarHref(address, {
                      like: examples.map(({ id }) => id).filter((id) => id !== paper.id),
                    })}
                  >
                    Remove<span class="unseen"> {plainProse(paper.title, 120)} from the examples</span>
                  </a>
                ) : null}
              </li>
            ))}
          </ul>
          {unknown.length > 0 ? (
            <p class="tally">
              Not in this catalogue and passed over: <bdi>{unknown.join(', ')}</bdi>.
            </p>
          ) : null}
          {stillReading ? (
            <p class="tally">
              Papers are still being read for their meaning: for now, these are found by their words.
            </p>
          ) : null}
        </div>
      </header>
      <div class="feed-body">
        <Order address={address} />
        <div class="feed-list">
          {answer.hits.length === 0 ? (
            <div class="notice">
              <p>
                {address.page > 1 && answer.total > 0
                  ? `There is no page ${address.page} here.`
                  : 'Nothing in this catalogue is like that yet.'}
              </p>
              <p class="ways">
                {address.page > 1 ? <a href={similarHref(address)}>First page</a> : null}
                <a href="/">Newest papers</a>
              </p>
            </div>
          ) : (
            <ol class="cards" start={(address.page - 1) * resultsPerPage + 1}>
              {answer.hits.map(({ paper }) => (
                <Card
                  paper={paper}
                  categoryHref={(category) =>
                    searchHref({ q: `cat:${category}`, sort: 'date', page: 1, explain: false })
                  }
                  actions={
                    like.length < mostExamples ? (
                      <a href={similarHref(address, { like: [...like, paper.id] })} rel="nofollow">
                        Add to the examples<span class="unseen">: {plainProse(paper.title, 120)}</span>
                      </a>
                    ) : null
                  }
                />
              ))}
            </ol>
          )}
          <ResultPages
            page={address.page}
            total={answer.total}
            href={(page) => similarHref(address, { page })}
          />
        </div>
      </div>
    </Page>
  );
}

function Order({ address }: { readonly address: SimilarAddress }) {
  const choice = (sort: SimilarAddress['sort'], name: string) => (
    <a href={similarHref(address, { sort })} aria-current={sort === address.sort ? 'true' : undefined}>
      {name}
    </a>
  );
  return (
    <section class="filters" aria-label="Sort and add">
      <p class="choices">
        <span class="choices-name">Sort by</span>
        {choice('relevance', 'Likeness')}
        {choice('date', 'Newest')}
      </p>
      <p class="choices quiet">
        <a href={feedHref(address, 'atom')}>Follow as a feed</a>
        <a href="/topics">Topics</a>
      </p>
      {address.like.length < mostExamples ? <ExampleForm like={address.like} /> : null}
    </section>
  );
}

/** Adds an example by its id. */
function ExampleForm(props: { readonly like: readonly string[] }) {
  return (
    <form action="/similar" method="get" class="add-example">
      {props.like.map((id) => (
        <input type="hidden" name="like" value={id} />
      ))}
      <label for="another">{props.like.length === 0 ? 'A paper you like' : 'Another example'}</label>
      <input
        id="another"
        name="like"
        type="text"
        maxlength={200}
        placeholder="arXiv id or address"
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
      />
      <button type="submit">{props.like.length === 0 ? 'Find papers like it' : 'Add'}</button>
    </form>
  );
}

/** `/similar` without an example. */
export function NoExamplesPage() {
  return (
    <Page title="Papers like these" unlisted>
      <article class="essay">
        <p class="kicker">
          <a href="/search">Search</a> by example
        </p>
        <h1>Papers like these</h1>
        <p>
          Give a paper, and those nearest to it in meaning are found; give several, and what they have in
          common counts. Every paper’s page and every result has a link “More like this” that leads here.
        </p>
        <ExampleForm like={[]} />
      </article>
    </Page>
  );
}
