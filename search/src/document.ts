// A paper as the index sees it: what is searched, what is filtered by and what is sorted by.

export interface SearchDocument {
  /** Unique; ties between equal scores are broken by it, in code unit order. */
  readonly id: string;
  readonly title: string;
  /** Everything that says what the paper is about: the abstract, or a summary where there is none. */
  readonly abstract: string;
  readonly authors: readonly string[];
  /** `cs.LG`, …; the primary one first. */
  readonly categories: readonly string[];
  /** Calendar date `YYYY-MM-DD`, or null when unknown. */
  readonly date: string | null;
  /** Where it comes from: `arxiv`, `acl`, … */
  readonly source: string;
  readonly hasCode: boolean;
  readonly votes: number;
}
