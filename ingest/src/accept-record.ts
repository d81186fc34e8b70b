// The door of the catalogue as ingest sees it: a candidate record passes whole or is refused with a reason.
import { type PaperRecord, paperRecordSchema } from '@offprint/catalogue';

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

export const refusal = (id: string, reason: string): Parsed => ({
  refused: { id: id.slice(0, 200), reason: reason.slice(0, 500) },
});

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
  if (record.title.length > maxTitleChars)
    return refusal(id, `title: longer than ${maxTitleChars} characters`);
  if ((record.abstract?.length ?? 0) > maxAbstractChars)
    return refusal(id, `abstract: longer than ${maxAbstractChars} characters`);
  if ((record.authors?.length ?? 0) > maxAuthors) return refusal(id, `authors: more than ${maxAuthors}`);
  return { record };
}

/** An address if it is http or https and parses, else nothing: sources put all sorts of things into links. */
export function webAddress(text: string | null | undefined): string | undefined {
  if (text === null || text === undefined || text.length > 2000) return undefined;
  const trimmed = text.trim();
  const url = URL.parse(trimmed);
  return url !== null && (url.protocol === 'http:' || url.protocol === 'https:') ? trimmed : undefined;
}
