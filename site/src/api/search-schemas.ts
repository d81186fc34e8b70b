// The JSON of search: what stands in it beyond papers, described once for types, tests and readers.
import { z } from '@hono/zod-openapi';
import { longestQuery } from '../search/search-address.ts';
import { dailyPaperSchema, paperSchema } from './schemas.ts';

const once = (name: string) => z.string({ error: `Give ${name} once.` });

/** `q`, required and not longer than search reads. */
export const queryParameter = z
  .string({
    error: (issue) => (issue.input === undefined ? 'Say what to search: q=retention loss.' : 'Give q once.'),
  })
  .refine((q) => q.trim() !== '', 'Say what to search: q=retention loss.')
  .refine((q) => q.length <= longestQuery, `q must be at most ${longestQuery} characters long.`)
  .openapi({
    param: { name: 'q', in: 'query' },
    example: 'retention loss',
    maxLength: longestQuery,
    description: 'Words, phrases and qualifiers such as `cat:cs.LG`, `date:2025`, `author:name`, `has:code`.',
  });

/** A switch that is off unless it says `1` or `true`. */
const switchParameter = (name: string) =>
  z
    .enum(['1', '0', 'true', 'false'], { error: `${name} must be 1 or 0.` })
    .optional()
    .transform((value) => value === '1' || value === 'true')
    .openapi({ param: { name, in: 'query' }, type: 'string', enum: ['1', '0', 'true', 'false'] });

/** What every search takes beside its words and its paging. */
export const searchParameters = {
  q: queryParameter,
  sort: z
    .enum(['relevance', 'date', 'votes'], { error: 'sort must be relevance, date or votes.' })
    .optional()
    .openapi({ description: 'By relevance unless it says otherwise.' }),
  mode: z
    .enum(['hybrid', 'words', 'meaning'], { error: 'mode must be hybrid, words or meaning.' })
    .optional()
    .openapi({ description: 'Which rankings count: both unless it says otherwise.' }),
  explain: switchParameter('explain'),
  feedback: switchParameter('feedback'),
};

/** `like`, once or several times. */
export const likeParameter = (most: number) =>
  z
    .union([once('like').transform((one) => [one]), z.array(z.string())], {
      error: 'Say which papers: like=2406.08607.',
    })
    .pipe(
      z
        .array(z.string().max(300, 'like must be a paper id.'))
        .max(most, `Give at most ${most} papers in like.`)
        .refine((ids) => ids.some((id) => id.trim() !== ''), 'Say which papers: like=2406.08607.'),
    )
    .openapi({
      param: { name: 'like', in: 'query' },
      type: 'array',
      items: { type: 'string' },
      example: ['2603.00001'],
      description: 'A paper id in any spelling; several for what they have in common.',
    });

export const explanationSchema = z
  .object({
    fusion: z.enum(['weighted', 'rrf', 'none']),
    parts: z
      .array(
        z.object({
          by: z.enum(['words', 'meaning']),
          raw: z.number().nullable().describe('BM25F, or a cosine; null where that ranking lacks the paper.'),
          normalised: z.number(),
          weight: z.number(),
          contribution: z.number(),
        }),
      )
      .describe('The rankings that were put together.'),
    terms: z
      .array(
        z.object({
          term: z.string(),
          field: z.enum(['text', 'author']),
          documentFrequency: z.number(),
          idf: z.number(),
          frequency: z.number(),
          norm: z.number(),
          weight: z.number(),
          contribution: z.number(),
        }),
      )
      .describe('What each word added to the score by words.'),
  })
  .openapi('Explanation');

const rangesSchema = z.array(z.tuple([z.int(), z.int()])).describe('Half-open ranges in UTF-16 units.');

export const hitSchema = z
  .object({
    paper: paperSchema,
    score: z.number(),
    highlights: z
      .object({ title: rangesSchema, summary: rangesSchema })
      .optional()
      .describe('Where the words searched stand in `paper.title` and `paper.summary`.'),
    explanation: explanationSchema.optional(),
  })
  .openapi('SearchHit');

const countsSchema = z.array(z.object({ value: z.string(), papers: z.int() }));

export const searchAnswerSchema = z
  .object({
    searched: z.string().describe('The query as it was searched.'),
    total: z.int(),
    capped: z.boolean().describe('Whether only the best `total` of more papers are kept.'),
    mode: z.enum(['hybrid', 'words', 'meaning']).describe('How it was ranked.'),
    hits: z.array(hitSchema),
    facets: z
      .object({
        years: countsSchema,
        categories: countsSchema,
        sources: countsSchema,
        withCode: z.int(),
      })
      .optional(),
    suggestion: z.string().optional().describe('The query in the spelling of the papers.'),
    replaced: z
      .array(z.object({ written: z.string(), by: z.array(z.string()) }))
      .describe('Words that no paper has, and what was searched instead.'),
    notes: z.array(z.string()).describe('What was done to the query, in sentences.'),
  })
  .openapi('SearchAnswer');

/** An entry of the compatible search: the shape of the daily listing where no listing is meant. */
export const searchEntrySchema = dailyPaperSchema
  .omit({ day: true, feed: true, announce: true })
  .extend({
    publishedAt: dailyPaperSchema.shape.publishedAt.describe('When the paper was published.'),
    score: z.number(),
    explanation: explanationSchema.optional().describe('Only with `explain=1`.'),
  })
  .openapi('SearchEntry');

export const completionSchema = z
  .object({
    papers: z.array(z.object({ id: z.string(), title: z.string(), text: z.string(), url: z.string() })),
    authors: z.array(z.object({ name: z.string(), papers: z.int(), url: z.string() })),
  })
  .openapi('Completion');

export const topicSchema = z
  .object({
    slug: z.string(),
    title: z.string(),
    query: z.string(),
    examples: z.array(z.string()),
    createdAt: z.string(),
    url: z.string(),
    feed: z.string().describe('The topic as an Atom feed.'),
  })
  .openapi('Topic');

export type SearchHitJson = z.infer<typeof hitSchema>;
export type SearchEntryJson = z.infer<typeof searchEntrySchema>;
export type ExplanationJson = z.infer<typeof explanationSchema>;
