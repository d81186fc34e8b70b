// Documents and queries of a collection in the spellings that BEIR files are found with.
import { z } from 'zod';
import type { CollectionDocument, CollectionQuery } from './collection.ts';
import { badLine, readLines } from './read-lines.ts';

const key = z.union([z.string().min(1), z.number().int().transform(String)], { error: 'it is not an id' });
const prose = z
  .union([z.string(), z.array(z.string()).transform((parts) => parts.join(' '))], { error: 'it is not text' })
  .nullish()
  .transform((text) => text ?? undefined);

const documentRecord = z
  .object({
    _id: key.optional(),
    id: key.optional(),
    doc_id: key.optional(),
    title: prose,
    text: prose,
    contents: prose,
    abstract: prose,
  })
  .transform((record, context): CollectionDocument => {
    const id = record._id ?? record.id ?? record.doc_id;
    const text = record.text ?? record.contents ?? record.abstract;
    if (id === undefined) context.addIssue('it has no "_id"');
    if (text === undefined && record.title === undefined)
      context.addIssue('it has neither "text" nor "title"');
    return { id: id ?? '', title: record.title ?? '', text: text ?? '' };
  });

const queryRecord = z
  .object({
    _id: key.optional(),
    id: key.optional(),
    query_id: key.optional(),
    text: z.string().optional(),
    query: z.string().optional(),
    split: z.string().optional(),
  })
  .transform((record, context): SplitQuery => {
    const id = record._id ?? record.id ?? record.query_id;
    const text = (record.text ?? record.query ?? '').trim();
    if (id === undefined) context.addIssue('it has no "_id"');
    if (text === '') context.addIssue('it has no "text"');
    return { id: id ?? '', text, split: record.split };
  });

/** A query with the part of the collection that it says it belongs to. */
export interface SplitQuery extends CollectionQuery {
  readonly split: string | undefined;
}

/** Documents of a `corpus.jsonl`; throws SearchError with file and line for a broken or repeated record. */
export function readDocuments(path: string): Promise<CollectionDocument[]> {
  return readRecords(path, documentRecord, 'document');
}

/** Queries of a `queries.jsonl`; throws SearchError with file and line for a broken or repeated record. */
export function readQueries(path: string): Promise<SplitQuery[]> {
  return readRecords(path, queryRecord, 'query');
}

async function readRecords<T extends { readonly id: string }>(
  path: string,
  schema: z.ZodType<T>,
  what: string,
): Promise<T[]> {
  const records: T[] = [];
  const firstLine = new Map<string, number>();
  for await (const { number, text } of readLines(path)) {
    const parsed = schema.safeParse(parseJson(path, number, text));
    if (!parsed.success) throw badLine(path, number, describe(parsed.error));
    const earlier = firstLine.get(parsed.data.id);
    if (earlier !== undefined) {
      throw badLine(path, number, `the ${what} "${parsed.data.id}" stands on line ${earlier} already`);
    }
    firstLine.set(parsed.data.id, number);
    records.push(parsed.data);
  }
  return records;
}

function parseJson(path: string, number: number, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw badLine(path, number, 'it is not JSON', cause);
  }
}

function describe(error: z.ZodError): string {
  const issue = error.issues[0];
  if (issue === undefined) return 'it is not a record';
  return issue.path.length === 0 ? issue.message : `"${issue.path.join('.')}": ${issue.message}`;
}
