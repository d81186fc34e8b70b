// One paper as a row of JSON-bearing columns, and that row as a card: shared by every query that lists papers.
import { type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import type { PaperCard } from './paper.ts';
import { announceSchema, feedSchema } from './record.ts';

/** The columns of a card, to be selected from `paper p`. */
export const cardColumns: RawBuilder<unknown> = sql`
  p.paper_id, p.title, p.abstract, p.author_count, p.published_at, p.updated_at, p.first_seen_at,
  p.primary_category, p.categories, p.comment, p.journal_ref, p.doi, p.licence, p.withdrawn,
  p.thumbnail_url, p.media_urls,
  (select json_build_object('name', o.name, 'fullname', o.fullname, 'avatarUrl', o.avatar_url)
     from organization o where o.name = p.organization_name) as organization,
  (select coalesce(json_agg(json_build_object('name', a.name, 'affiliation', a.affiliation) order by a.position), '[]')
     from authorship a where a.paper_id = p.paper_id) as authors,
  (select coalesce(json_agg(json_build_object('kind', k.kind, 'url', k.url, 'stars', k.stars) order by k.kind), '[]')
     from link k where k.paper_id = p.paper_id) as links,
  (select coalesce(json_agg(json_build_object('kind', s.kind, 'body', s.body, 'keywords', s.keywords) order by s.kind), '[]')
     from summary s where s.paper_id = p.paper_id) as summaries,
  coalesce((select t.upvotes from tally t where t.paper_id = p.paper_id), 0) as upvotes,
  coalesce((select t.comments from tally t where t.paper_id = p.paper_id), 0) as comments`;

/** What `cardColumns` returns. Checked by the tests against the tables, trusted at run time. */
export interface CardRow {
  paper_id: string;
  title: string;
  abstract: string | null;
  author_count: number;
  published_at: string | null;
  updated_at: string | null;
  first_seen_at: string;
  primary_category: string | null;
  categories: string[];
  comment: string | null;
  journal_ref: string | null;
  doi: string | null;
  licence: string | null;
  withdrawn: boolean;
  thumbnail_url: string | null;
  media_urls: string[];
  organization: PaperCard['organization'];
  authors: PaperCard['authors'];
  links: PaperCard['links'];
  summaries: PaperCard['summaries'];
  upvotes: number;
  comments: number;
}

/** The card of a row. */
export function cardOf(row: CardRow): PaperCard {
  return {
    id: row.paper_id,
    title: row.title,
    abstract: row.abstract,
    authorCount: row.author_count,
    authors: row.authors,
    publishedAt: row.published_at,
    updatedAt: row.updated_at,
    firstSeenAt: row.first_seen_at,
    primaryCategory: row.primary_category,
    categories: row.categories,
    comment: row.comment,
    journalRef: row.journal_ref,
    doi: row.doi,
    licence: row.licence,
    withdrawn: row.withdrawn,
    thumbnailUrl: row.thumbnail_url,
    mediaUrls: row.media_urls,
    organization: row.organization,
    links: row.links,
    summaries: row.summaries,
    upvotes: row.upvotes,
    commentCount: row.comments,
  };
}

/** A listing as SQL builds it in JSON, where instants are PostgreSQL's ISO text. */
export const listingJsonSchema = z.object({
  day: z.string(),
  feed: feedSchema,
  announce: announceSchema,
  position: z.number().nullable(),
  submittedAt: z
    .string()
    .nullable()
    .transform((text) => (text === null ? null : new Date(text).toISOString())),
  submittedBy: z
    .object({
      name: z.string(),
      fullname: z.string().nullable(),
      upstreamId: z.string().nullable(),
      kind: z.string(),
    })
    .nullable(),
});

/** A row `l` of listing, joined with its submitter `u`, as the JSON that `listingJsonSchema` reads. */
export const listingJson: RawBuilder<unknown> = sql`json_build_object(
  'day', l.day, 'feed', l.feed, 'announce', l.announce, 'position', l.position, 'submittedAt', l.submitted_at,
  'submittedBy', case when u.name is null then null else
    json_build_object('name', u.name, 'fullname', u.fullname, 'upstreamId', u.upstream_id, 'kind', u.kind) end)`;
