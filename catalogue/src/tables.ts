// The tables of the catalogue as types, so that a wrong column does not compile. Migrations are the truth.
import type { ColumnType, Generated } from 'kysely';

/** An instant: read as ISO 8601 UTC with milliseconds and `Z`, written as any ISO text. */
type Instant = string;

export interface Tables {
  catalogue: { singleton: Generated<boolean>; generation: Generated<string>; created_at: Generated<Instant> };
  organization: { name: string; fullname: string | null; avatar_url: string | null };
  paper: {
    paper_id: string;
    title: string;
    abstract: string | null;
    author_count: Generated<number>;
    published_at: Instant | null;
    updated_at: Instant | null;
    primary_category: string | null;
    categories: Generated<string[]>;
    comment: string | null;
    journal_ref: string | null;
    doi: string | null;
    licence: string | null;
    withdrawn: Generated<boolean>;
    thumbnail_url: string | null;
    media_urls: Generated<string[]>;
    organization_name: string | null;
    authority: number;
    first_seen_at: Generated<Instant>;
  };
  authorship: { paper_id: string; position: number; name: string; affiliation: string | null };
  version: { paper_id: string; number: number; submitted_at: Instant | null; size_bytes: number | null };
  link: { paper_id: string; kind: 'code' | 'project'; url: string; stars: number | null };
  summary: { paper_id: string; kind: 'ours' | 'upstream'; body: string; keywords: Generated<string[]> };
  tally: { paper_id: string; upvotes: Generated<number>; comments: Generated<number> };
  submitter: { name: string; fullname: string | null; upstream_id: string | null; kind: Generated<string> };
  listing: {
    day: string;
    paper_id: string;
    feed: 'daily' | 'arxiv';
    announce: 'new' | 'cross' | 'replace' | 'replace-cross';
    position: number | null;
    submitted_by: string | null;
    submitted_at: Instant | null;
  };
  alias: { alias_id: string; paper_id: string };
  change: { paper_id: string; removed: boolean; xid: string; seq: number };
  topic: { slug: string; title: string; query: string; examples: string[]; created_at: Generated<Instant> };
  source: {
    name: string;
    last_success_at: Instant | null;
    last_error_at: Instant | null;
    last_error: string | null;
    next_try_at: Instant | null;
    note: string | null;
  };
  ingest_run: {
    run_id: Generated<number>;
    source: string;
    started_at: Generated<Instant>;
    ended_at: Instant | null;
    outcome: 'succeeded' | 'failed' | 'stopped' | null;
    fetched: Generated<number>;
    created: Generated<number>;
    updated: Generated<number>;
    unchanged: Generated<number>;
    refused: Generated<number>;
    refusals: ColumnType<{ id: string; reason: string }[], string | undefined, string>;
    error: string | null;
  };
  checkpoint: {
    source: string;
    key: string;
    value: ColumnType<unknown, string, string>;
    saved_at: Generated<Instant>;
  };
  feed_day: {
    day: string;
    source: string;
    outcome: 'announced' | 'empty' | 'failed';
    detail: string | null;
    recorded_at: Generated<Instant>;
  };
  gate: { host: string; next_at: Generated<Instant> };
  http_validator: {
    url: string;
    etag: string | null;
    last_modified: string | null;
    seen_at: Generated<Instant>;
  };
  migration: { name: string; sha256: string; applied_at: Generated<Instant> };
}
