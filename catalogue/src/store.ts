// Writing papers: one page of a source, its checkpoint and its count, all or nothing.
import type { Database } from './database.ts';
import type { PaperRecord, SourceName } from './record.ts';

/** What happened to each record of a page, in counts, and to which papers. */
export interface StoreOutcome {
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
}

/** A page of records from one source, and where the source stands after it. */
export interface Page {
  readonly source: SourceName;
  readonly records: readonly PaperRecord[];
  /** Saved in the same transaction, so that a killed run resumes right after the last page that counted. */
  readonly checkpoint?: { readonly key: string; readonly value: unknown };
}

export type StorePage = (db: Database, page: Page) => Promise<StoreOutcome>;
