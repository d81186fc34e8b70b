// Citations as files: BibTeX, RIS and CSL-JSON, written here because each is a page of rules, and read back by an
// independent reader in the tests.
import { plainProse } from '../maths/prose.ts';
import { texLine } from '../maths/tex.ts';
import type { CitationRecord } from './citation-record.ts';

/** The formats, by the ending of their address. */
export const citationFormats = {
  bib: { name: 'BibTeX', type: 'application/x-bibtex; charset=utf-8', write: bibtex },
  ris: { name: 'RIS', type: 'application/x-research-info-systems; charset=utf-8', write: ris },
  'csl.json': {
    name: 'CSL-JSON',
    type: 'application/vnd.citationstyles.csl+json; charset=utf-8',
    write: cslJson,
  },
} as const;

export type CitationFormat = keyof typeof citationFormats;

/**
 * BibTeX as arXiv writes it: `@misc` with the e-print's fields. Text stays Unicode, as biber and every current
 * BibTeX style read it; formulas stay LaTeX.
 *
 * @see https://info.arxiv.org/help/hypertex/bibstyles/index.html
 */
export function bibtex(record: CitationRecord): string {
  const name = ({ family, given }: CitationRecord['authors'][number]): string =>
    given === undefined ? `{${texLine(family)}}` : `${texLine(family)}, ${texLine(given)}`;
  const fields: readonly (readonly [string, string | undefined])[] = [
    ['title', texLine(record.title)],
    ['author', record.authors.length === 0 ? undefined : record.authors.map(name).join(' and ')],
    ['year', record.day?.slice(0, 4)],
    ['month', record.day === undefined ? undefined : String(Number(record.day.slice(5, 7)))],
    ['eprint', record.arxivId],
    ['archivePrefix', record.arxivId === undefined ? undefined : 'arXiv'],
    ['primaryClass', record.arxivId === undefined ? undefined : record.primaryClass],
    ['doi', record.doi === undefined ? undefined : address(record.doi)],
    ['howpublished', record.journalRef === undefined ? undefined : texLine(record.journalRef)],
    ['url', address(record.url)],
  ];
  const lines = fields.flatMap(([field, value]) =>
    value === undefined ? [] : [`  ${field} = {${value}},\n`],
  );
  return `@misc{${record.key},\n${lines.join('')}}\n`;
}

/** Addresses stand as they are in BibTeX, but their braces must balance. */
function address(text: string): string {
  return text.replace(/[{}\\\s]/g, (sign) => encodeURIComponent(sign));
}

/**
 * RIS, one tag a line.
 *
 * @see https://en.wikipedia.org/wiki/RIS_(file_format)
 */
export function ris(record: CitationRecord): string {
  const line = (tag: string, value: string | undefined): string[] =>
    value === undefined || value === '' ? [] : [`${tag}  - ${plainProse(value)}`];
  return [
    'TY  - UNPB',
    ...line('TI', record.title),
    ...record.authors.flatMap(({ family, given }) =>
      line('AU', given === undefined ? family : `${family}, ${given}`),
    ),
    ...line('PY', record.day?.slice(0, 4)),
    ...line('DA', record.day?.replaceAll('-', '/')),
    ...line('DO', record.doi),
    ...line('M1', record.arxivId === undefined ? undefined : `arXiv:${record.arxivId}`),
    ...line('N1', record.journalRef),
    ...line('AB', record.abstract),
    ...line('PB', record.arxivId === undefined ? undefined : 'arXiv'),
    ...line('UR', record.url),
    'ER  - ',
    '',
  ].join('\r\n');
}

/**
 * CSL-JSON: an array with one item.
 *
 * @see https://github.com/citation-style-language/schema
 */
export function cslJson(record: CitationRecord): string {
  const item = {
    id: record.key,
    type: 'article',
    title: plainProse(record.title),
    author: record.authors.map(({ family, given }) =>
      given === undefined ? { literal: family } : { family, given },
    ),
    ...(record.day === undefined ? {} : { issued: { 'date-parts': [record.day.split('-').map(Number)] } }),
    ...(record.arxivId === undefined ? {} : { publisher: 'arXiv', number: `arXiv:${record.arxivId}` }),
    ...(record.doi === undefined ? {} : { DOI: record.doi }),
    ...(record.journalRef === undefined ? {} : { note: plainProse(record.journalRef) }),
    ...(record.abstract === undefined ? {} : { abstract: plainProse(record.abstract) }),
    URL: record.url,
  };
  return `${JSON.stringify([item], undefined, 2)}\n`;
}
