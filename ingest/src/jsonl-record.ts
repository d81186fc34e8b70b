// One line of JSON Lines as a paper record: our own dump, and the three archives whose shapes we know.
import { isUtf8 } from 'node:buffer';
import { parseArxivId, parsePaperId } from '@offprint/catalogue';
import { z } from 'zod';
import { acceptRecord, type Parsed, refusal, webAddress } from './accept-record.ts';
import { isoInstant } from './instants.ts';
import { oneLine, paragraphs, withoutControls } from './plain-text.ts';

const names = z.array(z.string());
const text = z.string().nullish();
const count = z.int().nonnegative().nullish();

/** arXiv metadata by listing day. */
const arxivSchema = z.object({
  id: z.string(),
  title: z.string(),
  abstract: text,
  authors: names,
  categories: names,
  comment: text,
  listed: z.iso.date(),
});

/** An archive of a Daily Papers feed. */
const dailySchema = z.object({
  id: z.string(),
  day: z.iso.date().nullable(),
  title: z.string(),
  abstract: text,
  authors: names,
  published_at: text,
  submitted_at: text,
  submitted_by: text,
  upvotes: count,
  num_comments: count,
  ai_summary: text,
  ai_keywords: names.nullish(),
  github_repo: text,
  github_stars: count,
  project_page: text,
  organization: text,
  thumbnail: text,
});

/** An anthology of conference papers. */
const anthologySchema = z.object({
  id: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._/-]{0,95}$/),
  title: z.string(),
  abstract: text,
  authors: names,
  year: z.string(),
  venue: z.string(),
});

const authorsOf = (list: readonly string[]): { name: string }[] | undefined => {
  const authors = list.map((name) => ({ name: oneLine(name) })).filter(({ name }) => name !== '');
  return authors.length === 0 ? undefined : authors;
};

const abstractOf = (abstract: string | null | undefined): string | undefined => {
  const clean = paragraphs(abstract ?? '');
  return clean === '' ? undefined : clean;
};

const lineOf = (line: string | null | undefined): string | undefined => oneLine(line ?? '') || undefined;

function fromArxiv(line: z.infer<typeof arxivSchema>): Parsed {
  // A handful of papers are only known there by their DOI.
  const id = parsePaperId(line.id);
  if (id === undefined) return refusal(line.id, 'its id is no paper id');
  return acceptRecord(
    {
      id,
      title: oneLine(line.title),
      abstract: abstractOf(line.abstract),
      authors: authorsOf(line.authors),
      primaryCategory: line.categories[0],
      categories: line.categories.length === 0 ? undefined : line.categories,
      comment: lineOf(line.comment),
      listings: [{ day: line.listed, feed: 'arxiv', announce: 'new' }],
    },
    id,
  );
}

function fromDaily(line: z.infer<typeof dailySchema>): Parsed {
  const id = parseArxivId(line.id)?.id;
  if (id === undefined) return refusal(line.id, 'its id is not an arXiv id');
  const code = webAddress(line.github_repo);
  const project = webAddress(line.project_page);
  const links = [
    ...(code === undefined ? [] : [{ kind: 'code', url: code, stars: line.github_stars ?? undefined }]),
    ...(project === undefined ? [] : [{ kind: 'project', url: project }]),
  ];
  const summary = lineOf(line.ai_summary);
  const organization = lineOf(line.organization);
  const submitter = lineOf(line.submitted_by);
  return acceptRecord(
    {
      id,
      title: oneLine(line.title),
      abstract: abstractOf(line.abstract),
      authors: authorsOf(line.authors),
      publishedAt: isoInstant(line.published_at ?? ''),
      links: links.length === 0 ? undefined : links,
      summaries:
        summary === undefined
          ? undefined
          : [
              {
                kind: 'upstream',
                body: summary,
                keywords: (line.ai_keywords ?? []).map(oneLine).filter((word) => word !== ''),
              },
            ],
      thumbnailUrl: webAddress(line.thumbnail),
      organization: organization === undefined ? undefined : { name: organization },
      upvotes: line.upvotes ?? undefined,
      commentCount: line.num_comments ?? undefined,
      listings:
        line.day === null
          ? undefined
          : [
              {
                day: line.day,
                feed: 'daily',
                announce: 'new',
                submittedBy: submitter === undefined ? undefined : { name: submitter },
                submittedAt: isoInstant(line.submitted_at ?? ''),
              },
            ],
    },
    id,
  );
}

function fromAnthology(line: z.infer<typeof anthologySchema>): Parsed {
  // The year is the venue's, not a date of the paper: it is kept where it is true.
  const venue = [line.venue.toUpperCase(), line.year].map(oneLine).filter((part) => part !== '');
  return acceptRecord(
    {
      id: `anthology:${line.id}`,
      title: oneLine(line.title),
      abstract: abstractOf(line.abstract),
      authors: authorsOf(line.authors),
      journalRef: venue.length === 0 ? undefined : venue.join(' '),
    },
    line.id,
  );
}

function withCleanTexts(value: unknown): unknown {
  if (typeof value === 'string') return withoutControls(value);
  if (Array.isArray(value)) return value.map(withCleanTexts);
  if (value !== null && typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, withCleanTexts(part)]));
  return value;
}

function through<T>(schema: z.ZodType<T>, value: unknown, id: string, read: (line: T) => Parsed): Parsed {
  const parsed = schema.safeParse(value);
  if (parsed.success) return read(parsed.data);
  const issue = parsed.error.issues[0];
  return refusal(id, `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not a paper'}`);
}

/**
 * A line as a record, or why it cannot be one.
 *
 * @param bytes the line without its end; `undefined` for one that was too long to be held.
 */
export function readJsonlLine(bytes: Uint8Array | undefined, number: number): Parsed {
  const id = `line ${number}`;
  if (bytes === undefined) return refusal(id, 'the line is too long');
  if (!isUtf8(bytes)) return refusal(id, 'the line is not UTF-8');
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return refusal(id, 'the line is not JSON');
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    return refusal(id, 'the line is not a JSON object');
  const parsed =
    'listed' in value
      ? through(arxivSchema, value, id, fromArxiv)
      : 'submitted_by' in value
        ? through(dailySchema, value, id, fromDaily)
        : 'venue' in value
          ? through(anthologySchema, value, id, fromAnthology)
          : acceptRecord(withCleanTexts(value), id);
  return 'refused' in parsed && !parsed.refused.id.startsWith(id)
    ? { refused: { id: `${id}: ${parsed.refused.id}`, reason: parsed.refused.reason } }
    : parsed;
}
