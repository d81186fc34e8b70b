// Judgement files: BEIR's three columns with or without a header, or TREC's four.
import type { QueryJudgements } from './collection.ts';
import { badLine, readLines } from './read-lines.ts';

/**
 * Grades by query and document. Where a pair is judged twice the higher grade counts.
 * @throws SearchError with file and line when a line is not a judgement or names a query that is not in `queryIds`
 */
export async function readJudgements(
  path: string,
  queryIds: ReadonlySet<string>,
): Promise<Map<string, QueryJudgements>> {
  const judgements = new Map<string, Map<string, number>>();
  let first = true;
  for await (const { number, text } of readLines(path)) {
    const columns = text.includes('\t')
      ? text.split('\t').map((cell) => cell.trim())
      : text.trim().split(/\s+/);
    const heading = first;
    first = false;
    const judged = columns.length === 4 ? [columns[0], columns[2], columns[3]] : columns;
    const [queryId, documentId, grade] = judged;
    if (judged.length !== 3 || !queryId || !documentId || grade === undefined) {
      throw badLine(path, number, 'a judgement has the columns query-id, corpus-id and score');
    }
    if (!/^[+-]?\d+(\.\d+)?$/.test(grade)) {
      if (heading) continue;
      throw badLine(path, number, `the score "${grade.slice(0, 40)}" is not a number`);
    }
    if (!queryIds.has(queryId)) {
      throw badLine(path, number, `the query "${queryId.slice(0, 80)}" is not among the queries`);
    }
    const ofQuery = judgements.get(queryId) ?? new Map<string, number>();
    ofQuery.set(documentId, Math.max(Number(grade), ofQuery.get(documentId) ?? Number.NEGATIVE_INFINITY));
    judgements.set(queryId, ofQuery);
  }
  return judgements;
}
