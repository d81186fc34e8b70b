// How far search is, as pages ask it: never a reason for a page to fail.
import { OffprintError } from '@offprint/catalogue';
import type { SearchService, SearchState } from '@offprint/discovery';

/** Reads the state of search; `undefined` while it cannot be asked. */
export async function readSearchState(search: SearchService): Promise<SearchState | undefined> {
  try {
    return await search.status();
  } catch (error) {
    if (error instanceof OffprintError) return undefined;
    throw error;
  }
}

/**
 * Whether an answer by words alone is so because most papers have not been read for their meaning yet. It is not
 * so where the installation searches by words only, or where the query has nothing but filters.
 */
export async function isStillReading(
  search: SearchService,
  answer: { readonly mode: 'hybrid' | 'meaning' | 'words' },
): Promise<boolean> {
  if (answer.mode !== 'words') return false;
  const state = await readSearchState(search);
  return state?.encoder !== undefined && state.encoded * 2 < state.papers;
}
