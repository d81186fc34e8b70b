// What the site is given to work with; the server puts it together once, tests put their own together.
import type { Database, DecayedAttention, FeedCalendar } from '@offprint/catalogue';

export interface SiteDependencies {
  readonly db: Database;
  readonly calendar: FeedCalendar;
  readonly now: () => Temporal.Instant;
  readonly publicUrl: string;
  readonly requestIndexing: (paperId: string) => Promise<'queued' | 'already-queued' | 'unavailable'>;
  readonly trending: DecayedAttention;
}
