// What the page of results and its parts are given.
import type { SearchAnswer } from '@offprint/discovery';
import type { SearchAddress } from '../../search/search-address.ts';

export interface SearchPageProps {
  readonly address: SearchAddress;
  readonly answer: SearchAnswer;
  /** Whether papers are found by words alone until more of them are read for their meaning. */
  readonly stillReading: boolean;
}
