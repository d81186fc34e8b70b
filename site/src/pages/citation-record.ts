// What a citation of a paper says, taken once from the catalogue for every format.
import { isArxivId, type Paper } from '@offprint/catalogue';
import { plainProse } from '../maths/prose.ts';
import { utcDay } from './format.ts';
import { safeHref } from './safe-href.ts';

export interface CitedName {
  readonly family: string;
  readonly given: string | undefined;
}

export interface CitationRecord {
  readonly key: string;
  readonly title: string;
  readonly authors: readonly CitedName[];
  /** First publication, `YYYY-MM-DD`. */
  readonly day: string | undefined;
  readonly arxivId: string | undefined;
  readonly primaryClass: string | undefined;
  readonly doi: string | undefined;
  readonly journalRef: string | undefined;
  readonly url: string;
  readonly abstract: string | undefined;
}

// Words that belong to the family name that follows them.
const particles = new Set(
  'van von der den de del della di da dos du la le el al ten ter zu zur bin ibn'.split(' '),
);
const suffix = /^(?:jr\.?|sr\.?|i{2,3}|iv)$/i;

/** `Given Family` and `Family, Given` as printed names come; a name of one word, or of a group, is kept whole. */
export function citedName(printed: string): CitedName {
  const name = plainProse(printed, 300);
  const [before, after] = name.split(/,\s*/, 2);
  if (before !== undefined && after !== undefined && !suffix.test(after))
    return { family: before, given: after };
  const words = name.split(' ');
  if (words.length < 2 || /collaboration|consortium|team|group|project/i.test(name))
    return { family: name, given: undefined };
  let start = words.length - 1;
  if (suffix.test(words[start] ?? '') && start > 1) start -= 1;
  while (start > 1 && particles.has((words[start - 1] ?? '').toLowerCase())) start -= 1;
  return { family: words.slice(start).join(' '), given: words.slice(0, start).join(' ') };
}

/** Collects what citations of a paper say. */
export function citationRecord(paper: Paper, publicUrl: string): CitationRecord {
  const arxivId = isArxivId(paper.id) ? paper.id : undefined;
  const authors = paper.authors.map((author) => citedName(author.name));
  const day = paper.publishedAt === null ? undefined : utcDay(paper.publishedAt);
  return {
    key: citationKey(authors[0]?.family, day, paper.title, paper.id),
    title: paper.title,
    authors,
    day,
    arxivId,
    primaryClass: paper.primaryCategory ?? paper.categories[0],
    doi: paper.doi ?? (arxivId === undefined ? undefined : `10.48550/arXiv.${arxivId}`),
    journalRef: paper.journalRef ?? undefined,
    url:
      arxivId === undefined
        ? `${publicUrl}/papers/${paper.id}`
        : (safeHref(`https://arxiv.org/abs/${arxivId}`) ?? publicUrl),
    abstract: paper.abstract ?? undefined,
  };
}

const ascii = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/[^A-Za-z0-9 ]/g, '')
    .toLowerCase();

/** `author2024word`, in ASCII as BibTeX needs it; the paper's id where that leaves nothing. */
function citationKey(family: string | undefined, day: string | undefined, title: string, id: string): string {
  const word =
    ascii(plainProse(title, 300))
      .split(/\s+/)
      .find((candidate) => candidate.length > 3) ?? '';
  const key = `${ascii(family ?? '').replaceAll(' ', '')}${day?.slice(0, 4) ?? ''}${word}`.slice(0, 60);
  return /[a-z]{2}/.test(key) ? key : `paper${ascii(id).replaceAll(' ', '')}`;
}
