// What the status page tells of search: how far the index is, and by what papers are read for their meaning.
import type { SearchState } from '@offprint/discovery';
import { Fact } from './fact.tsx';
import { counted } from './format.ts';

export function SearchStatus({ state }: { readonly state: SearchState | undefined }) {
  return (
    <section class="source" aria-label="Search">
      <h2>Search</h2>
      {state === undefined ? (
        <p>The index is being built; search is available in a moment.</p>
      ) : (
        <dl class="facts">
          <Fact name="In the index">
            {counted(state.papers, 'paper')}
            {state.caughtUp ? '' : ', and catching up with the catalogue'}
          </Fact>
          <Fact name="By meaning">{meaningOf(state)}</Fact>
          {state.next === undefined ? null : (
            <Fact name="Taking over">
              <bdi>{state.next.name}</bdi>, {counted(state.next.encoded, 'paper')} so far
            </Fact>
          )}
          <Fact name="Memory">
            {megabytes(state.indexBytes)} for words, {megabytes(state.vectorBytes)} for meaning
          </Fact>
        </dl>
      )}
    </section>
  );
}

function meaningOf({ encoder, encoded, papers }: SearchState): string {
  if (encoder === undefined) return 'no encoder: papers are found by their words alone';
  const part = encoded >= papers ? 'all papers' : `${encoded.toLocaleString('en-US')} papers so far`;
  return `${part}, read by ${encoder.name}`;
}

const megabytes = (bytes: number): string => `${(bytes / 1_000_000).toFixed(1)} MB`;
