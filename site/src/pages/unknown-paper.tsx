// The page of an arXiv id that the catalogue does not hold: offered for indexing, never a dead end.
import { paperPath } from './format.ts';
import { Page } from './layout.tsx';

export type IndexingState = 'queued' | 'already-queued' | 'unavailable';

const told: Readonly<Record<IndexingState, string>> = {
  queued:
    'It has been asked for. arXiv is asked politely, one request every few seconds, so it can take a moment.',
  'already-queued': 'It was asked for already and is waiting its turn.',
  unavailable: 'This server is not fetching from arXiv at the moment, so the paper cannot be asked for here.',
};

export function UnknownPaper(props: { readonly id: string; readonly state: IndexingState | undefined }) {
  const { id, state } = props;
  return (
    <Page title={`arXiv:${id}`} unlisted>
      <header class="feed-head">
        <div>
          <p class="kicker">arXiv:{id}</p>
          <h1>Not in this catalogue yet</h1>
        </div>
      </header>
      <div class="notice">
        <p>
          {state
            ? told[state]
            : 'This is a valid arXiv id, but nobody has listed the paper here. It can be fetched from arXiv and indexed now.'}
        </p>
        {state === undefined || state === 'unavailable' ? (
          <form action={paperPath(id)} method="post">
            <button type="submit">{state ? 'Try again' : 'Index this paper'}</button>
          </form>
        ) : null}
        <p class="ways">
          {state && state !== 'unavailable' ? <a href={paperPath(id)}>Look again</a> : null}
          <a href={`https://arxiv.org/abs/${id}`}>Read it on arXiv</a>
          <a href="/">Newest papers</a>
        </p>
      </div>
    </Page>
  );
}
