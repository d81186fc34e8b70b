// Papers of the catalogue as the JSON of the paper API. What is not known is left out, never null.
import type { FeedEntry, Listing, Paper, PaperCard, Submitter } from '@offprint/catalogue';
import type { DailyPaperJson, PaperInfoJson, PaperJson, UserJson } from './schemas.ts';

/** An object without the fields that are null, undefined or an empty list. */
type Known<T> = { [K in keyof T]?: NonNullable<T[K]> };

function known<T extends object>(fields: T): Known<T> {
  const kept = Object.entries(fields).filter(
    ([, value]) => value !== null && value !== undefined && !(Array.isArray(value) && value.length === 0),
  );
  return Object.fromEntries(kept) as Known<T>;
}

/** The address of a paper's page. */
export function paperUrl(publicUrl: string, paperId: string): string {
  return `${publicUrl.replace(/\/+$/, '')}/papers/${paperId}`;
}

function userJson(submitter: Submitter): UserJson {
  return {
    ...known({ _id: submitter.upstreamId }),
    name: submitter.name,
    user: submitter.name,
    fullname: submitter.fullname ?? submitter.name,
    avatarUrl: '',
    type: submitter.kind,
  };
}

/** What stands both in the paper and around it. */
export function sharedJson(paper: PaperCard) {
  const code = paper.links.find((link) => link.kind === 'code');
  const project = paper.links.find((link) => link.kind === 'project');
  const upstream = paper.summaries.find((summary) => summary.kind === 'upstream');
  const { organization } = paper;
  return {
    title: paper.title,
    summary: paper.abstract ?? '',
    upvotes: paper.upvotes,
    ...known({
      mediaUrls: [...paper.mediaUrls],
      organization:
        organization === null
          ? null
          : {
              name: organization.name,
              fullname: organization.fullname ?? organization.name,
              avatar: organization.avatarUrl ?? '',
              avatarUrl: organization.avatarUrl ?? '',
            },
      ai_summary: upstream?.body,
      ai_keywords: upstream === undefined ? null : [...upstream.keywords],
      githubRepo: code?.url,
      githubStars: code?.stars,
      projectPage: project?.url,
    }),
  };
}

/**
 * A paper as the API tells it.
 *
 * @param listing the listing under which it is told: who submitted it to which day.
 */
export function paperJson(paper: PaperCard, listing: Listing | undefined, publicUrl: string): PaperJson {
  return {
    id: paper.id,
    authors: paper.authors.map((author) => ({
      name: author.name,
      hidden: false,
      ...known({ affiliation: author.affiliation }),
    })),
    authorCount: paper.authorCount,
    ...sharedJson(paper),
    ...known({
      publishedAt: paper.publishedAt,
      updatedAt: paper.updatedAt,
      submittedOnDailyAt: listing === undefined ? null : listedAt(listing),
      submittedOnDailyBy: listing?.submittedBy ? userJson(listing.submittedBy) : null,
      summaries: paper.summaries.map(({ kind, body, keywords }) => ({ kind, body, keywords: [...keywords] })),
      primaryCategory: paper.primaryCategory,
      licence: paper.licence,
      doi: paper.doi,
      comment: paper.comment,
      journalRef: paper.journalRef,
      withdrawn: paper.withdrawn ? true : null,
      thumbnail: paper.thumbnailUrl,
    }),
    categories: [...paper.categories],
    url: paperUrl(publicUrl, paper.id),
  };
}

/** When a paper was listed: the instant when it is known, the beginning of the feed day in UTC otherwise. */
export function listedAt(listing: Listing): string {
  return listing.submittedAt ?? `${listing.day}T00:00:00.000Z`;
}

/** An entry of the daily listing: the paper, and around it what clients look for outside. */
export function dailyPaperJson({ paper, listing }: FeedEntry, publicUrl: string): DailyPaperJson {
  return {
    paper: paperJson(paper, listing, publicUrl),
    publishedAt: listedAt(listing),
    ...sharedJson(paper),
    ...known({
      thumbnail: paper.thumbnailUrl,
      submittedBy: listing.submittedBy === null ? null : userJson(listing.submittedBy),
    }),
    numComments: paper.commentCount,
    isAuthorParticipating: false,
    day: listing.day,
    feed: listing.feed,
    announce: listing.announce,
  };
}

/** Everything about one paper. */
export function paperInfoJson(paper: Paper, publicUrl: string, withComments: boolean): PaperInfoJson {
  const listing = paper.listings.find((candidate) => candidate.feed === 'daily');
  return {
    ...paperJson(paper, listing, publicUrl),
    numComments: paper.commentCount,
    versions: paper.versions.map(({ number, submittedAt, sizeBytes }) => ({
      number,
      ...known({ submittedAt, sizeBytes }),
    })),
    listings: paper.listings.map((entry) => ({
      day: entry.day,
      feed: entry.feed,
      announce: entry.announce,
      ...known({
        submittedAt: entry.submittedAt,
        submittedBy: entry.submittedBy === null ? null : userJson(entry.submittedBy),
      }),
    })),
    links: linksJson(paper),
    linkedModels: [],
    numTotalModels: 0,
    linkedDatasets: [],
    numTotalDatasets: 0,
    linkedSpaces: [],
    ...(withComments ? { comments: [] } : {}),
  };
}

/** The links of a paper, one kind or all. */
export function linksJson(paper: PaperCard, kind?: 'code' | 'project'): PaperInfoJson['links'] {
  return paper.links
    .filter((link) => kind === undefined || link.kind === kind)
    .map((link) => ({ kind: link.kind, url: link.url, ...known({ stars: link.stars }) }));
}
