// Collections made from papers alone: each question has one right answer, the paper that it was taken from.
import { createHash } from 'node:crypto';
import { SearchError } from '../errors.ts';
import type { Collection, CollectionDocument, QueryJudgements, QuerySet } from './collection.ts';

/** A paper as questions are made of it. */
export interface KnownPaper {
  readonly id: string;
  readonly title: string;
  readonly abstract: string;
  /** A summary in other words than the abstract's. */
  readonly summary?: string | null | undefined;
}

export interface KnownItemOptions {
  readonly name: string;
  /** `summary`: the summary finds the paper. `title`: the title finds the abstract, and is in no document. */
  readonly kind: 'summary' | 'title';
  /** How many papers become test questions; 500 when left out. */
  readonly size?: number;
  /** How many other papers become training questions; none when left out. */
  readonly trainingSize?: number;
  readonly seed?: number;
}

/**
 * A known-item collection: every paper is a document, a sample of them is asked for. The sample follows from the seed
 * and the ids alone, not from the order of the papers, and changes little when papers are added. Papers without a
 * question or without an abstract are not asked for, nor questions that several papers share; of records with one id
 * the first counts.
 * @throws SearchError `bad-input` when no paper can be asked for
 * @see Azzopardi, de Rijke & Balog 2007, Building simulated queries for known-item topics
 */
export async function knownItemCollection(
  papers: AsyncIterable<KnownPaper> | Iterable<KnownPaper>,
  options: KnownItemOptions,
): Promise<Collection> {
  const { name, kind, size = 500, trainingSize = 0, seed = 1 } = options;
  const documents = new Map<string, CollectionDocument>();
  const questions = new Map<string, string>();
  for await (const { id, title, abstract, summary } of papers) {
    if (documents.has(id)) continue;
    documents.set(id, { id, title: kind === 'title' ? '' : title, text: abstract });
    const question = (kind === 'title' ? title : (summary ?? '')).trim();
    if (question !== '' && abstract.trim() !== '') questions.set(id, question);
  }
  const asked = sampleOrder(withoutShared(questions), seed);
  if (asked.length === 0 || size < 1) {
    throw new SearchError(
      'bad-input',
      `No paper can be asked for by its ${kind}: give papers that have one.`,
    );
  }
  return {
    name,
    documents: [...documents.values()],
    test: knownItems(asked.slice(0, size)),
    training: knownItems(asked.slice(size, size + trainingSize)),
  };
}

type Question = readonly [id: string, text: string];

function withoutShared(questions: ReadonlyMap<string, string>): Question[] {
  const counts = new Map<string, number>();
  const folded = (text: string) => text.toLowerCase().replaceAll(/\s+/g, ' ');
  for (const text of questions.values()) counts.set(folded(text), (counts.get(folded(text)) ?? 0) + 1);
  return [...questions].filter(([, text]) => counts.get(folded(text)) === 1);
}

/** By a hash of seed and id, which is as good as drawn. */
function sampleOrder(questions: readonly Question[], seed: number): Question[] {
  return questions
    .map((question) => ({
      question,
      key: createHash('sha256').update(`${seed}\n${question[0]}`).digest('hex'),
    }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ question }) => question);
}

function knownItems(questions: readonly Question[]): QuerySet {
  return {
    queries: questions.map(([id, text]) => ({ id, text })),
    judgements: new Map(questions.map(([id]): [string, QueryJudgements] => [id, new Map([[id, 1]])])),
  };
}
