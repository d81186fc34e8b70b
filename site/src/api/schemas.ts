// The JSON that the paper API speaks: a superset of the Hugging Face paper API, described once for types, tests and readers.
import { z } from '@hono/zod-openapi';

const instant = z.iso.datetime().openapi({ example: '2026-02-06T00:00:00.000Z' });

/** A list that clients expect and that is always empty here. */
const nothingKept = z.array(z.unknown()).max(0);

export const errorSchema = z
  .object({
    error: z.string().describe('One sentence that says what was wrong and what to do.'),
    field: z.string().optional().describe('The parameter that was wrong.'),
  })
  .openapi('Error');

export const authorSchema = z
  .object({ name: z.string(), hidden: z.boolean(), affiliation: z.string().optional() })
  .openapi('Author');

export const userSchema = z
  .object({
    _id: z.string().optional(),
    name: z.string(),
    user: z.string().describe('The same as `name`; clients read one or the other.'),
    fullname: z.string(),
    avatarUrl: z.string().describe('Empty: no picture is kept here.'),
    type: z.string(),
  })
  .openapi('User');

export const organizationSchema = z
  .object({
    name: z.string(),
    fullname: z.string(),
    avatar: z.string(),
    avatarUrl: z.string().describe('The same as `avatar`; clients read one or the other.'),
  })
  .openapi('Organization');

export const linkSchema = z
  .object({ kind: z.enum(['code', 'project']), url: z.string(), stars: z.int().optional() })
  .openapi('Link');

/** What the client reads both from a paper and from the object around it. */
const sharedFields = {
  title: z.string(),
  summary: z.string().describe('The abstract; empty when it is not known yet.'),
  mediaUrls: z.array(z.string()).optional(),
  organization: organizationSchema.optional(),
  upvotes: z.int(),
  ai_summary: z.string().optional(),
  ai_keywords: z.array(z.string()).optional(),
  githubRepo: z.string().optional(),
  githubStars: z.int().optional(),
  projectPage: z.string().optional(),
};

export const paperSchema = z
  .object({
    id: z.string().openapi({ example: '2602.00001' }),
    authors: z.array(authorSchema),
    authorCount: z.int().describe('How many authors there are, also when their names are not known yet.'),
    publishedAt: instant.optional(),
    updatedAt: instant.optional(),
    submittedOnDailyAt: instant.optional(),
    submittedOnDailyBy: userSchema.optional(),
    ...sharedFields,
    summaries: z
      .array(
        z.object({
          kind: z.enum(['ours', 'upstream']).describe('`ours` was written for this installation.'),
          body: z.string(),
          keywords: z.array(z.string()),
        }),
      )
      .optional(),
    categories: z.array(z.string()),
    primaryCategory: z.string().optional(),
    licence: z.string().optional().describe("The licence's address."),
    doi: z.string().optional(),
    comment: z.string().optional().describe("The authors' comment on arXiv."),
    journalRef: z.string().optional(),
    withdrawn: z.boolean().optional(),
    thumbnail: z.string().optional(),
    url: z.string().describe('The page of this paper here.'),
  })
  .openapi('Paper');

export const dailyPaperSchema = z
  .object({
    paper: paperSchema,
    publishedAt: instant
      .optional()
      .describe('When the paper was listed; `paper.publishedAt` is when it was published.'),
    ...sharedFields,
    thumbnail: z.string().optional(),
    numComments: z.int(),
    submittedBy: userSchema.optional(),
    isAuthorParticipating: z.boolean(),
    day: z.string().describe('The feed day.').openapi({ example: '2026-02-06' }),
    feed: z.enum(['daily', 'arxiv']),
    announce: z.enum(['new', 'cross', 'replace', 'replace-cross']),
  })
  .openapi('DailyPaper');

export const commentSchema = z
  .object({ id: z.string(), author: userSchema, createdAt: instant, content: z.string() })
  .openapi('Comment');

export const paperInfoSchema = paperSchema
  .extend({
    numComments: z.int(),
    versions: z.array(
      z.object({ number: z.int(), submittedAt: instant.optional(), sizeBytes: z.int().optional() }),
    ),
    listings: z.array(
      z.object({
        day: z.string(),
        feed: z.enum(['daily', 'arxiv']),
        announce: z.enum(['new', 'cross', 'replace', 'replace-cross']),
        submittedAt: instant.optional(),
        submittedBy: userSchema.optional(),
      }),
    ),
    links: z.array(linkSchema),
    linkedModels: nothingKept,
    numTotalModels: z.literal(0),
    linkedDatasets: nothingKept,
    numTotalDatasets: z.literal(0),
    linkedSpaces: nothingKept,
    comments: z.array(commentSchema).optional().describe('Only with `field=comments`.'),
  })
  .openapi('PaperInfo');

export const arxivReposSchema = z
  .object({
    models: nothingKept,
    datasets: nothingKept,
    spaces: nothingKept,
    code: z.array(linkSchema).describe('Where the code of the paper lives.'),
    projects: z.array(linkSchema).describe("The paper's project pages."),
  })
  .openapi('ArxivRepos');

export type PaperJson = z.infer<typeof paperSchema>;
export type DailyPaperJson = z.infer<typeof dailyPaperSchema>;
export type PaperInfoJson = z.infer<typeof paperInfoSchema>;
export type UserJson = z.infer<typeof userSchema>;
