import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SearchError } from '../errors.ts';
import { readCollection } from './read-collection.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'offprint-collection-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const sound = {
  'corpus.jsonl':
    '{"_id": "d1", "title": "One", "text": "first"}\n{"_id": "d2", "title": "", "text": "second"}\n',
  'queries.jsonl': '{"_id": "q1", "text": "which is first?"}\n{"_id": "q2", "text": "which is second?"}\n',
  'qrels.tsv': 'query-id\tcorpus-id\tscore\nq1\td1\t1\nq2\td2\t2\n',
};

async function write(files: Record<string, string | Uint8Array>): Promise<string> {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
  return folder;
}

async function refusal(files: Record<string, string | Uint8Array>): Promise<string> {
  const error = await readCollection(await write(files)).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof SearchError)) throw new Error('It was not refused with a SearchError.');
  return error.message.replaceAll(folder, '.');
}

describe('a collection in BEIR layout', () => {
  it('is read whole; without splits every query is a test query', async () => {
    const { documents, test, training } = await readCollection(await write(sound));
    expect(documents).toEqual([
      { id: 'd1', title: 'One', text: 'first' },
      { id: 'd2', title: '', text: 'second' },
    ]);
    expect(test.queries.map((query) => query.id)).toEqual(['q1', 'q2']);
    expect(test.judgements.get('q2')).toEqual(new Map([['d2', 2]]));
    expect(training.queries).toEqual([]);
  });

  it('takes the queries marked dev as test where none is marked test, and the others for training', async () => {
    const queries =
      '{"_id": 1, "text": "a", "split": "dev"}\n{"_id": 2, "text": "b", "split": "train"}\n{"_id": 3, "text": "c", "split": "dev"}';
    const { test, training } = await readCollection(
      await write({ ...sound, 'queries.jsonl': queries, 'qrels.tsv': '1\td1\t1\n2\td2\t1\n' }),
    );
    expect(test.queries.map((query) => query.id)).toEqual(['1', '3']);
    expect(test.judgements.size).toBe(1);
    expect(training.queries.map((query) => query.id)).toEqual(['2']);
    expect(training.judgements.has('1')).toBe(false);
  });

  it("takes BEIR's folder of judgement files: test to measure, train and dev to choose by, never a query in both", async () => {
    const { 'qrels.tsv': _, ...rest } = sound;
    const { test, training } = await readCollection(
      await write({
        ...rest,
        'qrels/test.tsv': 'query-id\tcorpus-id\tscore\nq1\td1\t1\n',
        'qrels/train.tsv': 'query-id\tcorpus-id\tscore\nq2\td2\t1\nq1\td2\t1\n',
      }),
    );
    expect(test.queries.map((query) => query.id)).toEqual(['q1']);
    expect(training.queries.map((query) => query.id)).toEqual(['q2']);
  });

  it('takes gzipped files, CRLF, blank lines, TREC judgements, other field names and U+2028 in a text', async () => {
    const corpus = `${JSON.stringify({ doc_id: 'd1', contents: 'a\u2028b' }).replace('\\u2028', '\u2028')}\r\n\r\n{"id": 7, "abstract": ["c.", "d."]}`;
    const { documents, test } = await readCollection(
      await write({
        'corpus.jsonl.gz': gzipSync(corpus),
        'queries.jsonl': '{"query_id": "q1", "query": "x"}\r\n',
        'qrels.tsv': 'q1 0 d1 1\nq1 0 7 0\n',
      }),
    );
    expect(documents).toEqual([
      { id: 'd1', title: '', text: 'a\u2028b' },
      { id: '7', title: '', text: 'c. d.' },
    ]);
    expect(test.judgements.get('q1')).toEqual(
      new Map([
        ['d1', 1],
        ['7', 0],
      ]),
    );
  });
});

describe('a broken collection is refused with file, line and what is wrong', () => {
  it.each([
    [
      'JSON',
      { 'corpus.jsonl': '{"_id": "d1", "text": "x"}\n{"_id"\n' },
      './corpus.jsonl, line 2: it is not JSON.',
    ],
    ['no id', { 'corpus.jsonl': '{"text": "x"}' }, './corpus.jsonl, line 1: it has no "_id".'],
    [
      'no text',
      { 'corpus.jsonl': '\n{"_id": "d1"}' },
      './corpus.jsonl, line 2: it has neither "text" nor "title".',
    ],
    [
      'a wrong type',
      { 'corpus.jsonl': '{"_id": "d1", "text": 5}' },
      './corpus.jsonl, line 1: "text": it is not text.',
    ],
    [
      'a repeated document',
      { 'corpus.jsonl': '{"_id": "d1", "text": ""}\n{"_id": "d1", "text": ""}' },
      './corpus.jsonl, line 2: the document "d1" stands on line 1 already.',
    ],
    [
      'an empty query',
      { 'queries.jsonl': '{"_id": "q1", "text": " "}' },
      './queries.jsonl, line 1: it has no "text".',
    ],
    [
      'too few columns',
      { 'qrels.tsv': 'q1\td1\n' },
      './qrels.tsv, line 1: a judgement has the columns query-id, corpus-id and score.',
    ],
    [
      'a grade that is no number',
      { 'qrels.tsv': 'a\tb\tscore\nq1\td1\tyes\n' },
      './qrels.tsv, line 2: the score "yes" is not a number.',
    ],
    [
      'an unknown query',
      { 'qrels.tsv': 'q9\td1\t1\n' },
      './qrels.tsv, line 1: the query "q9" is not among the queries.',
    ],
    [
      'nothing relevant',
      { 'qrels.tsv': 'q1\td1\t0\n' },
      '. cannot be evaluated: no query of its test split has a relevant document.',
    ],
    ['no documents', { 'corpus.jsonl': '' }, '. cannot be evaluated: corpus.jsonl has no documents.'],
    [
      'not text',
      { 'corpus.jsonl': new Uint8Array([0xff, 0xfe, 0x00]) },
      './corpus.jsonl, line 1: it is not UTF-8 text.',
    ],
  ])('%s', async (_, files, message) => {
    expect(await refusal({ ...sound, ...files })).toBe(message);
  });

  it('names the file that is missing', async () => {
    expect(await refusal({})).toContain('. has no corpus.jsonl; a collection is a folder with');
    const { 'qrels.tsv': _, ...rest } = sound;
    expect(await refusal(rest)).toContain('. has no qrels.tsv;');
    expect(await refusal({ ...rest, 'corpus.jsonl.gz': new Uint8Array([1, 2, 3]) })).toContain(
      'has no qrels.tsv',
    );
  });

  it('says so when a gzipped file is damaged', async () => {
    const { 'corpus.jsonl': _, ...rest } = sound;
    await rm(join(folder, 'corpus.jsonl'), { force: true });
    expect(await refusal({ ...rest, 'corpus.jsonl.gz': new Uint8Array([1, 2, 3]) })).toContain(
      './corpus.jsonl.gz cannot be read: incorrect header check.',
    );
  });
});
