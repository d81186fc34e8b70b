// One day of an upstream Daily Papers API: its entries as paper records, and what else an upstream may answer.
import { type PaperRecord, parsePaperId } from '@offprint/catalogue';
import { z } from 'zod';
import { acceptRecord, type Parsed, refusal, webAddress } from './accept-record.ts';
import { isoInstant } from './instants.ts';
import { oneLine, paragraphs } from './plain-text.ts';

// Every field but id and title may be absent or null: upstreams differ, and grow.
const text = z.string().nullish();
const count = z.int().nonnegative().nullish().catch(undefined);

const submitterSchema = z
  .object({ _id: text, name: text, user: text, fullname: text, type: text })
  .nullish()
  .catch(undefined);

const organizationSchema = z
  .object({ name: text, fullname: text, avatar: text, avatarUrl: text })
  .nullish()
  .catch(undefined);

const paperSchema = z.object({
  id: z.string(),
  title: text,
  summary: text,
  authors: z.array(z.object({ name: z.string(), hidden: z.boolean().nullish() })).nullish(),
  publishedAt: text,
  submittedOnDailyAt: text,
  submittedOnDailyBy: submitterSchema,
  upvotes: count,
  numComments: count,
  ai_summary: text,
  ai_keywords: z.array(z.string()).nullish(),
  githubRepo: text,
  githubStars: count,
  projectPage: text,
  thumbnail: text,
  mediaUrls: z.array(z.string()).nullish(),
  organization: organizationSchema,
});

const entrySchema = z.object({
  paper: paperSchema,
  title: text,
  summary: text,
  thumbnail: text,
  numComments: count,
  mediaUrls: z.array(z.string()).nullish(),
  organization: organizationSchema,
  submittedBy: submitterSchema,
});

type Submitter = NonNullable<NonNullable<PaperRecord['listings']>[number]['submittedBy']>;

function readSubmitter(person: z.infer<typeof submitterSchema>): Submitter | undefined {
  const name = oneLine(person?.user ?? person?.name ?? '');
  if (name === '') return undefined;
  return {
    name,
    fullname: oneLine(person?.fullname ?? '') || undefined,
    upstreamId: person?._id ?? undefined,
    kind: person?.type ?? undefined,
  };
}

/** Addresses of pictures may be relative to the upstream; they are kept whole or not at all. */
function addressAt(upstream: string, address: string | null | undefined): string | undefined {
  return address === null || address === undefined || address === ''
    ? undefined
    : webAddress(URL.parse(address, upstream)?.href);
}

/**
 * One entry of a day as a record, or why it cannot be one.
 *
 * @param day the feed day that was asked for, `YYYY-MM-DD`.
 * @param position the entry's place on the day, from 0.
 * @param upstream the address the day came from, against which relative picture addresses are resolved.
 */
export function readDailyEntry(entry: unknown, day: string, position: number, upstream: string): Parsed {
  const call = `${day} entry ${position + 1}`;
  const parsed = entrySchema.safeParse(entry);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return refusal(call, `${issue?.path.join('.') || 'entry'}: ${issue?.message ?? 'not an entry'}`);
  }
  const outer = parsed.data;
  const { paper } = outer;
  const id = parsePaperId(paper.id);
  if (id === undefined) return refusal(`${call} ${paper.id.slice(0, 60)}`, 'its id is no paper id');
  const organization = paper.organization ?? outer.organization;
  const organizationName = oneLine(organization?.name ?? organization?.fullname ?? '');
  const codeUrl = webAddress(paper.githubRepo);
  const projectUrl = webAddress(paper.projectPage);
  const authors = (paper.authors ?? [])
    .filter((author) => author.hidden !== true)
    .map((author) => ({ name: oneLine(author.name) }))
    .filter((author) => author.name !== '');
  const abstract = paragraphs(paper.summary ?? outer.summary ?? '');
  const upstreamSummary = oneLine(paper.ai_summary ?? '');
  const keywords = (paper.ai_keywords ?? []).map(oneLine).filter((word) => word !== '');
  const mediaUrls = (paper.mediaUrls ?? outer.mediaUrls ?? []).flatMap((url) => webAddress(url) ?? []);
  const links = [
    ...(codeUrl === undefined
      ? []
      : [{ kind: 'code' as const, url: codeUrl, stars: paper.githubStars ?? undefined }]),
    ...(projectUrl === undefined ? [] : [{ kind: 'project' as const, url: projectUrl }]),
  ];
  return acceptRecord(
    {
      id,
      title: oneLine(paper.title ?? outer.title ?? ''),
      abstract: abstract === '' ? undefined : abstract,
      authors: authors.length === 0 ? undefined : authors,
      // The outer publishedAt of the original is off by its own time zone; the paper's is right.
      publishedAt: isoInstant(paper.publishedAt ?? ''),
      links: links.length === 0 ? undefined : links,
      summaries: upstreamSummary === '' ? undefined : [{ kind: 'upstream', body: upstreamSummary, keywords }],
      thumbnailUrl: addressAt(upstream, outer.thumbnail ?? paper.thumbnail),
      mediaUrls: mediaUrls.length === 0 ? undefined : mediaUrls,
      organization:
        organizationName === ''
          ? undefined
          : {
              name: organizationName,
              fullname: oneLine(organization?.fullname ?? '') || undefined,
              avatarUrl: addressAt(upstream, organization?.avatarUrl ?? organization?.avatar),
            },
      upvotes: paper.upvotes ?? undefined,
      commentCount: outer.numComments ?? paper.numComments ?? undefined,
      listings: [
        {
          day,
          feed: 'daily',
          announce: 'new',
          position,
          submittedBy: readSubmitter(paper.submittedOnDailyBy) ?? readSubmitter(outer.submittedBy),
          submittedAt: isoInstant(paper.submittedOnDailyAt ?? ''),
        },
      ],
    },
    `${call} ${id}`,
  );
}

export type DailyReply = { readonly entries: readonly unknown[] } | { readonly malformed: string };

/**
 * What an upstream answered for a day: a list of entries, or anything else, described in a sentence.
 *
 * @param body the whole reply.
 */
export function readDailyReply(body: string): DailyReply {
  let value: unknown;
  try {
    value = JSON.parse(body.replace(/^\uFEFF/, ''));
  } catch {
    const start = body.trimStart();
    if (start === '') return { malformed: 'the reply is empty' };
    return {
      malformed: start.startsWith('<') ? 'the reply is a web page, not JSON' : 'the reply is not JSON',
    };
  }
  if (Array.isArray(value)) return { entries: value };
  if (value === null || typeof value !== 'object')
    return { malformed: `the reply is ${value === null ? 'null' : `a bare ${typeof value}`}, not a list` };
  if ('error' in value) return { malformed: `the upstream says: ${describe(value.error)}` };
  if ('status' in value) return { malformed: `the upstream says: ${describe(value.status)}` };
  return { malformed: 'the reply is an object, not a list' };
}

function describe(value: unknown): string {
  return oneLine(typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing')).slice(0, 200);
}
