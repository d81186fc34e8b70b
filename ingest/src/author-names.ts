// The authors of arXivRaw and RSS come as one printed line; this takes it apart into names and affiliations.
import { decodeLatexAccents } from './latex-accents.ts';
import { oneLine } from './plain-text.ts';

export interface PrintedAuthor {
  name: string;
  affiliation?: string;
}

const suffix = /^(?:Jr\.?|Sr\.?|I{2,3}|IV|VI{0,3}|Ph\.?\s?D\.?|M\.?D\.?|Esq\.?)$/i;
const nobody = /^(?:et\.? al\.?|others|\.\.\.|:|-)?$/i;

/** Splits at the top level of parentheses: commas, semicolons, "and", "&", and a collaboration's colon. */
function topLevelPieces(line: string): string[] {
  const pieces: string[] = [];
  let depth = 0;
  let start = 0;
  const separator =
    /[,;]\s*(?:and\s+|&\s+)?|\s+(?:and|&)\s+|(?<=[Cc]ollaborations?|[Cc]onsortium|[Tt]eam|[Gg]roup)\s*:\s*/gy;
  for (let at = 0; at < line.length; at += 1) {
    const char = line[at];
    if (char === '(') depth += 1;
    else if (char === ')') depth = Math.max(0, depth - 1);
    else if (depth === 0) {
      separator.lastIndex = at;
      const match = separator.exec(line);
      if (match !== null && match[0] !== '') {
        pieces.push(line.slice(start, at));
        at += match[0].length - 1;
        start = at + 1;
      }
    }
  }
  pieces.push(line.slice(start));
  return pieces;
}

interface Piece {
  readonly name: string;
  readonly groups: readonly string[];
}

/** A name and the contents of the parentheses that follow it. */
function takeGroups(piece: string): Piece {
  const groups: string[] = [];
  let name = '';
  let depth = 0;
  let start = 0;
  for (let at = 0; at < piece.length; at += 1) {
    const char = piece[at];
    if (char === '(') {
      depth += 1;
      if (depth === 1) start = at + 1;
    } else if (char === ')') {
      if (depth === 0) continue;
      depth -= 1;
      if (depth === 0) groups.push(piece.slice(start, at));
    } else if (depth === 0) name += char;
  }
  if (depth > 0) groups.push(piece.slice(start));
  return {
    name: name.replace(/\s+/g, ' ').trim(),
    groups: groups.map((group) => group.trim()).filter((group) => group !== ''),
  };
}

/** Drops the separators at the end of a part of a list. One character at a time: a pattern would go quadratic. */
function withoutTail(text: string): string {
  let end = text.length;
  while (end > 0 && /[\s,;]/.test(text[end - 1] ?? '')) end -= 1;
  const part = text.slice(0, end);
  return part.endsWith(' and') || part === 'and' ? withoutTail(part.slice(0, -3)) : part.trim();
}

/** `((1) Here, (2) There)`: what each mark stands for. */
function readLegend(group: string): ReadonlyMap<string, string> | undefined {
  if (!/^\(\s*(?:\d{1,3}|[a-z*])\s*\)/.test(group)) return undefined;
  const legend = new Map<string, string>();
  for (const match of group.matchAll(
    /\(\s*(\d{1,3}|[a-z*])\s*\)\s*([\s\S]*?)(?=\(\s*(?:\d{1,3}|[a-z*])\s*\)|$)/g,
  )) {
    const [, mark = '', text = ''] = match;
    const name = withoutTail(text);
    if (name !== '') legend.set(mark, name);
  }
  return legend.size === 0 ? undefined : legend;
}

/** `1`, `1,2`, `1 and 3`, `a`: the marks of a legend, or `undefined` when the group is no list of marks. */
function readMarks(group: string): readonly string[] | undefined {
  const marks = group.split(/\s*(?:,|;|&|\band\b|\s)\s*/).filter((mark) => mark !== '');
  return marks.length > 0 && marks.every((mark) => /^(?:\d{1,3}|[a-z*])$/.test(mark)) ? marks : undefined;
}

/**
 * Splits a printed line of authors as arXiv writes it: `A. Author, B. Writer (1 and 2) and C. Penn (Here)
 * ((1) There, (2) Elsewhere)`. LaTeX accents become letters, "Jr." stays with its name, "for the X Collaboration"
 * becomes an affiliation, "et al." nobody.
 *
 * @returns the authors in printed order; empty when the line names nobody.
 * @see https://info.arxiv.org/help/prep.html#authors
 */
export function splitAuthors(line: string): PrintedAuthor[] {
  const legend = new Map<string, string>();
  const found: { name: string; groups: readonly string[] }[] = [];
  for (const piece of topLevelPieces(oneLine(decodeLatexAccents(line)))) {
    const { name, groups } = takeGroups(piece);
    const kept: string[] = [];
    for (const group of groups) {
      const read = readLegend(group);
      if (read === undefined) kept.push(group);
      else for (const [mark, text] of read) legend.set(mark, text);
    }
    const before = found.at(-1);
    if (before !== undefined && suffix.test(name)) {
      before.name = `${before.name}, ${name}`;
      before.groups = [...before.groups, ...kept];
    } else if (nobody.test(name)) {
      if (before !== undefined) before.groups = [...before.groups, ...kept];
    } else {
      const behalf = /^(.+?)\s+((?:on behalf of|for)\s+(?:the\s+)?\S.*)$/i.exec(name);
      if (behalf === null) found.push({ name, groups: kept });
      else found.push({ name: behalf[1] ?? name, groups: [behalf[2] ?? '', ...kept] });
    }
  }
  return found.map(({ name, groups }) => {
    const affiliations = groups.flatMap((group) => {
      const marks = readMarks(group);
      if (marks === undefined) return [group];
      return marks.flatMap((mark) => legend.get(mark) ?? []);
    });
    const affiliation = [...new Set(affiliations)].join('; ');
    return affiliation === '' ? { name } : { name, affiliation };
  });
}
