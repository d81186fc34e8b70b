// The door of the catalogue as ingest sees it: a candidate record passes whole or is refused with a reason.
import { type PaperRecord, paperRecordSchema, parsePaperId } from '@offprint/catalogue';

export interface Refusal {
  /** What the source calls the thing: an id, a line, a day. */
  readonly id: string;
  readonly reason: string;
}

export type Parsed = { readonly record: PaperRecord } | { readonly refused: Refusal };

/** Beyond these a text is no title or abstract, whatever it calls itself. */
const maxTitleChars = 100_000;
const maxAbstractChars = 1_000_000;
const maxAuthors = 20_000;
/** Names of submitters and organizations are keys; nobody's is this long. */
const maxNameChars = 200;
/** They stand in narrow columns and in addresses; arXiv's longest has 18. */
const maxCategoryChars = 64;
const maxInteger = 2_147_483_647;
const firstYear = 1900;
const lastYear = 2199;

export const refusal = (id: string, reason: string): Parsed => ({
  refused: { id: id.slice(0, 200), reason: reason.slice(0, 500) },
});

/** What the schema allows and the catalogue's columns do not hold, or no paper can mean. */
function beyondBounds(record: PaperRecord): string | undefined {
  if (!/[^\p{C}\p{Z}]/u.test(record.title)) return 'title: blank';
  if (record.title.length > maxTitleChars) return `title: longer than ${maxTitleChars} characters`;
  if ((record.abstract?.length ?? 0) > maxAbstractChars)
    return `abstract: longer than ${maxAbstractChars} characters`;
  if ((record.authors?.length ?? 0) > maxAuthors) return `authors: more than ${maxAuthors}`;
  const { listings = [], versions = [], links = [], organization } = record;
  const names = [organization?.name, ...listings.map(({ submittedBy }) => submittedBy?.name)];
  if (names.some((name) => (name?.length ?? 0) > maxNameChars))
    return `a name is longer than ${maxNameChars} characters`;
  if (
    [record.primaryCategory, ...(record.categories ?? [])].some(
      (name) => (name?.length ?? 0) > maxCategoryChars,
    )
  )
    return `a category is longer than ${maxCategoryChars} characters`;
  const counts = [
    record.authorCount,
    record.upvotes,
    record.commentCount,
    ...versions.map(({ number }) => number),
    ...links.map(({ stars }) => stars),
    ...listings.map(({ position }) => position),
  ];
  if (counts.some((count) => (count ?? 0) > maxInteger)) return `a number is larger than ${maxInteger}`;
  const dates = [
    record.publishedAt,
    record.updatedAt,
    ...versions.map(({ submittedAt }) => submittedAt),
    ...listings.flatMap(({ day, submittedAt }) => [day, submittedAt]),
  ];
  const isOutside = (date: string) =>
    !(Number(date.slice(0, 4)) >= firstYear && Number(date.slice(0, 4)) <= lastYear);
  return dates.some((date) => date !== undefined && isOutside(date))
    ? `a date is not between ${firstYear} and ${lastYear}`
    : undefined;
}

/**
 * Checks a candidate against the catalogue's schema and the size limits of ingest.
 *
 * @param id what to call it in the report when it is refused.
 */
export function acceptRecord(candidate: unknown, id: string): Parsed {
  const parsed = paperRecordSchema.safeParse(candidate);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const where = issue === undefined || issue.path.length === 0 ? '' : `${issue.path.join('.')}: `;
    return refusal(id, `${where}${issue?.message ?? 'not a paper'}`);
  }
  const record = parsed.data;
  const beyond = beyondBounds(record);
  if (beyond !== undefined) return refusal(id, beyond);
  // Under any other id the paper would have no address of its own, or two.
  const paperId = parsePaperId(record.id);
  if (paperId === undefined)
    return refusal(id, 'id: neither an arXiv id nor of the form source:key, so no page could show it');
  return { record: paperId === record.id ? record : { ...record, id: paperId } };
}

/** An address if it is http or https and parses, else nothing: sources put all sorts of things into links. */
export function webAddress(text: string | null | undefined): string | undefined {
  if (text === null || text === undefined || text.length > 2000) return undefined;
  const trimmed = text.trim();
  const url = URL.parse(trimmed);
  return url !== null && (url.protocol === 'http:' || url.protocol === 'https:') ? trimmed : undefined;
}
