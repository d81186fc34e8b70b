// A paper as a source tells it: the one shape in which papers enter the catalogue and leave it as JSON Lines.
import { z } from 'zod';

/** A calendar date `YYYY-MM-DD` that exists. */
export const plainDateSchema = z.iso.date();

/** An instant in UTC, ISO 8601 with `Z`. */
export const instantSchema = z.iso.datetime();

export const announceSchema = z.enum(['new', 'cross', 'replace', 'replace-cross']);
export const feedSchema = z.enum(['daily', 'arxiv']);

export const submitterSchema = z.object({
  name: z.string().min(1),
  fullname: z.string().optional(),
  upstreamId: z.string().optional(),
  kind: z.string().optional(),
});

export const listingRecordSchema = z.object({
  day: plainDateSchema,
  feed: feedSchema,
  announce: announceSchema,
  position: z.int().nonnegative().optional(),
  submittedBy: submitterSchema.optional(),
  submittedAt: instantSchema.optional(),
});

/**
 * One paper. An absent field means "this source does not say", never "there is none": the catalogue keeps
 * what it already knows. Text is plain Unicode without NUL; `abstract` and `title` may hold LaTeX.
 */
export const paperRecordSchema = z.object({
  id: z.string().min(1).max(128),
  title: z.string().min(1),
  abstract: z.string().optional(),
  authors: z.array(z.object({ name: z.string().min(1), affiliation: z.string().optional() })).optional(),
  /** When a source gives only the number of authors. */
  authorCount: z.int().nonnegative().optional(),
  publishedAt: instantSchema.optional(),
  updatedAt: instantSchema.optional(),
  primaryCategory: z.string().optional(),
  categories: z.array(z.string()).optional(),
  comment: z.string().optional(),
  journalRef: z.string().optional(),
  doi: z.string().optional(),
  licence: z.string().optional(),
  withdrawn: z.boolean().optional(),
  versions: z
    .array(
      z.object({
        number: z.int().positive(),
        submittedAt: instantSchema.optional(),
        sizeBytes: z.int().nonnegative().optional(),
      }),
    )
    .optional(),
  links: z
    .array(
      z.object({ kind: z.enum(['code', 'project']), url: z.url(), stars: z.int().nonnegative().optional() }),
    )
    .optional(),
  summaries: z
    .array(
      z.object({
        kind: z.enum(['ours', 'upstream']),
        body: z.string().min(1),
        keywords: z.array(z.string()).optional(),
      }),
    )
    .optional(),
  thumbnailUrl: z.url().optional(),
  mediaUrls: z.array(z.url()).optional(),
  organization: z
    .object({ name: z.string().min(1), fullname: z.string().optional(), avatarUrl: z.url().optional() })
    .optional(),
  upvotes: z.int().nonnegative().optional(),
  commentCount: z.int().nonnegative().optional(),
  listings: z.array(listingRecordSchema).optional(),
  /** Other ids under which this paper was known; the catalogue merges what stands under them. */
  aliases: z.array(z.string().min(1).max(128)).optional(),
});

export type PaperRecord = z.infer<typeof paperRecordSchema>;
export type ListingRecord = z.infer<typeof listingRecordSchema>;
export type Announce = z.infer<typeof announceSchema>;
export type Feed = z.infer<typeof feedSchema>;

/**
 * How far a source is believed about title, abstract, authors and categories. A record overwrites these
 * when its source's authority is at least that of the one who wrote them, and otherwise only fills gaps.
 */
export const authority = {
  starter: 1,
  page: 1,
  'daily-api': 2,
  import: 3,
  'arxiv-rss': 4,
  'arxiv-api': 5,
  'arxiv-oai': 5,
} as const;

export type SourceName = keyof typeof authority;
