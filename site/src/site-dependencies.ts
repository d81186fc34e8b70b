// What every page and every API route is given: the catalogue and the few facts of this installation.
import type { Database, DecayedAttention, FeedCalendar } from '@offprint/catalogue';
import type { SearchService } from '@offprint/discovery';
import type { Lab } from './lab/lab.ts';

export interface SiteDependencies {
  readonly db: Database;
  readonly calendar: FeedCalendar;
  readonly now: () => Temporal.Instant;
  /** The address under which readers know this installation, without a trailing slash. */
  readonly publicUrl: string;
  readonly requestIndexing: (paperId: string) => Promise<'queued' | 'already-queued' | 'unavailable'>;
  readonly trending: DecayedAttention;
  readonly search: SearchService;
  /** Left out: the lab that comes with this installation. */
  readonly lab?: Lab;
}
