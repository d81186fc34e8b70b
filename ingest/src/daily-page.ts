// A Daily Papers page that somebody saved as text: its feed day and its entries.
import { OffprintError } from '@offprint/catalogue';
import type { Refusal } from './accept-record.ts';
import { monthNumber } from './instants.ts';
import { oneLine } from './plain-text.ts';

export interface PageEntry {
  readonly title: string;
  readonly abstract: string | undefined;
  readonly authorCount: number;
  /** `YYYY-MM-DD`. */
  readonly publishedOn: string;
  readonly commentCount: number;
}

export interface DailyPage {
  /** The page's feed day, `YYYY-MM-DD`. */
  readonly day: string;
  readonly entries: readonly PageEntry[];
  readonly refused: readonly Refusal[];
}

const authorsLine = /^\s*•\s*(\d{1,6}) authors?\s*$/;
const dateLine = /^([A-Z][a-z]{2,8})\.? (\d{1,2}), (\d{4})(?: (\d{1,7}))?\s*$/;
const feedDateLine = /^([A-Z][a-z]{2,8})\.? (\d{1,2})$/;
const maxEntryLines = 60;

// Page savers have lost the "&#" and ";" of character references to general punctuation; they stand glued to a word.
const lostReference = /(?<=[\p{L})\].,;:'"])x(20(?:1[0-9]|2[0-7]|3[0-9a-e]))/gu;
const lostCommand = /\{(?:it|em|bf|sl|sc|tt|rm) ([^{}]{1,200})\}/g;

/** Sets right what saving a page is known to break: `compressionx2013which`, `{it misaligned}`. All else stays. */
export function repairSavedText(text: string): string {
  return text
    .replace(lostReference, (_, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16)))
    .replace(lostCommand, '$1');
}

function plainDate(year: number, month: number | undefined, day: number): Temporal.PlainDate | undefined {
  if (month === undefined) return undefined;
  try {
    return Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' });
  } catch {
    return undefined;
  }
}

/** The page prints its day without a year: it is the earliest on which every entry had been published. */
function feedDay(printed: string, newest: string): string | undefined {
  const [, month = '', day = ''] = feedDateLine.exec(printed) ?? [];
  const from = Number(newest.slice(0, 4));
  for (let year = from; year <= from + 8; year += 1) {
    const date = plainDate(year, monthNumber(month), Number(day))?.toString();
    if (date !== undefined && date >= newest) return date;
  }
  return undefined;
}

interface Block {
  readonly lines: readonly string[];
  readonly firstLine: number;
  readonly authors: string;
  readonly date: string;
}

/** Cuts the text at each entry's foot: the number of authors, a dot, the date. */
function cutIntoBlocks(lines: readonly string[]): { blocks: Block[]; rest: string[] } {
  const blocks: Block[] = [];
  let start = 0;
  for (let at = 0; at < lines.length; at += 1) {
    if (!authorsLine.test(lines[at] ?? '')) continue;
    // The dot may be missing or share the line with nothing: what counts is the next line with words in it.
    let foot = at + 1;
    while (foot < lines.length && /^[\s·]*$/.test(lines[foot] ?? '')) foot += 1;
    const isFoot = dateLine.test(lines[foot] ?? '');
    blocks.push({
      lines: lines.slice(start, at),
      firstLine: start + 1,
      authors: lines[at] ?? '',
      date: isFoot ? (lines[foot] ?? '') : '',
    });
    start = isFoot ? foot + 1 : at + 1;
    at = start - 1;
  }
  return { blocks, rest: lines.slice(start) };
}

function readBlock(block: Block): PageEntry | Refusal {
  const texts = block.lines.map(oneLine).filter((line) => line !== '' && line !== '·');
  const id = `line ${block.firstLine}`;
  const [title, ...abstract] = texts;
  if (title === undefined) return { id, reason: 'an entry without a title' };
  if (title.length > 2_000) return { id, reason: 'an entry whose title is longer than 2000 characters' };
  if (texts.length > maxEntryLines)
    return { id, reason: `an entry of ${texts.length} lines: its parts cannot be told apart` };
  const date = dateLine.exec(block.date);
  const published = plainDate(Number(date?.[3]), monthNumber(date?.[1] ?? ''), Number(date?.[2]));
  if (date === null || published === undefined)
    return { id: `${id}: ${title.slice(0, 80)}`, reason: 'an entry without a date' };
  const body = repairSavedText(abstract.join('\n\n'));
  return {
    title: repairSavedText(title),
    abstract: body === '' ? undefined : body,
    authorCount: Number(authorsLine.exec(block.authors)?.[1] ?? 0),
    publishedOn: published.toString(),
    commentCount: Number(date[4] ?? 0),
  };
}

/**
 * Reads the text of a saved Daily Papers page.
 *
 * @param day the feed day, when the reader knows better than the page, `YYYY-MM-DD`.
 * @throws OffprintError `damaged-file` when there is no entry in it, or no telling which day it is of.
 */
export function readDailyPage(text: string, day?: string): DailyPage {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n?|\n/);
  const { blocks, rest } = cutIntoBlocks(lines);
  const [first, ...others] = blocks;
  if (first === undefined)
    throw new OffprintError(
      'damaged-file',
      'The file holds no entry of a Daily Papers page: save the page as text again.',
    );
  const headerEnd = first.lines.findLastIndex((line) => feedDateLine.test(line.trim()));
  const printed = headerEnd === -1 ? undefined : first.lines[headerEnd]?.trim();
  const head: Block = {
    ...first,
    lines: first.lines.slice(headerEnd + 1),
    firstLine: first.firstLine + headerEnd + 1,
  };
  const read = [head, ...others].map(readBlock);
  const entries = read.flatMap((item) => ('title' in item ? [item] : []));
  const refused = read.flatMap((item) => ('reason' in item ? [item] : []));
  const left = rest.map(oneLine).filter((line) => line !== '');
  if (left.length > 0)
    refused.push({
      id: `line ${lines.length - rest.length + 1}`,
      reason: `the page breaks off in "${(left[0] ?? '').slice(0, 60)}"`,
    });
  const newest = entries.reduce(
    (latest, entry) => (entry.publishedOn > latest ? entry.publishedOn : latest),
    '',
  );
  const found = day ?? (printed === undefined || newest === '' ? undefined : feedDay(printed, newest));
  if (found === undefined)
    throw new OffprintError(
      'damaged-file',
      'The page does not say which day it is of: give it with --day YYYY-MM-DD.',
      {
        field: 'day',
      },
    );
  return { day: found, entries, refused };
}

/** The id under which a paper stands while nobody knows its real one: `page:` and at most 60 characters of its title. */
export function pageId(title: string): string {
  const words = title
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  let slug = '';
  for (const word of words) {
    const longer = slug === '' ? word : `${slug}-${word}`;
    if (longer.length > 60) break;
    slug = longer;
  }
  return `page:${slug === '' ? (words[0] ?? encodeTitle(title)).slice(0, 60) : slug}`;
}

/** A title without a single ASCII letter is named by its code points. */
function encodeTitle(title: string): string {
  return [...title]
    .map((char) => (char.codePointAt(0) ?? 0).toString(16))
    .join('-')
    .slice(0, 60)
    .replace(/-$/, '');
}
