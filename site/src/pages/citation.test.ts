// Citations are read back by citation.js, which knows the formats from elsewhere.
import { Cite } from '@citation-js/core';
import '@citation-js/plugin-bibtex';
import '@citation-js/plugin-ris';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bibtex, cslJson, ris } from './citation-formats.ts';
import { citationRecord, citedName } from './citation-record.ts';
import { paperOf } from './testing/papers.ts';

const site = 'https://papers.example';
const paper = paperOf({
  id: '2406.08607',
  title: 'On 50% of $x_1$ & \\emph{braces} {in} Titles_here',
  authors: ['A. Author', 'Ünal van der Writer', 'The Example Collaboration', 'Printer, B.'],
  publishedAt: '2024-06-12T10:00:00.000Z',
  primaryCategory: 'cs.LG',
  abstract: 'A short text, of $O(n)$ words.',
});
const record = citationRecord(paper, site);

describe('citations', () => {
  it('are BibTeX that another program reads as the same paper', () => {
    const [item] = new Cite(bibtex(record)).data;
    expect(item).toMatchObject({
      DOI: '10.48550/arXiv.2406.08607',
      URL: 'https://arxiv.org/abs/2406.08607',
      author: [
        { family: 'Author', given: 'A.' },
        { family: expect.stringContaining('Writer') },
        { family: 'The Example Collaboration' },
        { family: 'Printer', given: 'B.' },
      ],
      issued: { 'date-parts': [[2024, 6]] },
    });
    expect(item?.title).toContain('On 50% of');
    expect(bibtex(record)).toContain('eprint = {2406.08607}');
    expect(bibtex(record)).toContain('primaryClass = {cs.LG}');
    expect(bibtex(record)).toContain('title = {On 50\\% of $x_1$ \\& \\emph{braces} in Titles\\_here}');
  });

  it('are RIS that another program reads as the same paper', () => {
    const [item] = new Cite(ris(record)).data;
    expect(item).toMatchObject({
      DOI: '10.48550/arXiv.2406.08607',
      title: 'On 50% of x_1 & braces in Titles_here',
    });
    expect(item?.author).toHaveLength(4);
  });

  it('are CSL-JSON with one item', () => {
    expect(JSON.parse(cslJson(record))).toMatchObject([
      {
        type: 'article',
        id: 'author2024braces',
        issued: { 'date-parts': [[2024, 6, 12]] },
        number: 'arXiv:2406.08607',
        author: [
          { family: 'Author' },
          { family: 'van der Writer' },
          { literal: 'The Example Collaboration' },
          { family: 'Printer' },
        ],
      },
    ]);
  });

  it('take names apart as they are printed', () => {
    expect(citedName('Ana de la Writer Jr.')).toEqual({ family: 'de la Writer Jr.', given: 'Ana' });
    expect(citedName('Mononym')).toEqual({ family: 'Mononym', given: undefined });
    expect(citedName("Andr\\'e Author")).toEqual({ family: 'Author', given: 'André' });
  });

  it('keep their form whatever a title or a name holds', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', minLength: 1 }),
      fc.stringMatching(/^[{}\\$%&#_~^@," a]{1,30}$/),
    );
    fc.assert(
      fc.property(text, text, (title, name) => {
        const odd = citationRecord(paperOf({ id: 'test:1', title, authors: [name] }), site);
        const bib = bibtex(odd);
        const bare = bib.replace(/\\./g, '');
        expect(bare.split('{').length).toBe(bare.split('}').length);
        expect(bib.match(/^@misc\{[a-z0-9]+,$/m)).not.toBeNull();
        for (const line of ris(odd).trimEnd().split('\r\n')) expect(line).toMatch(/^[A-Z][A-Z0-9] {2}- ?/);
        expect(JSON.parse(cslJson(odd))).toHaveLength(1);
      }),
      { numRuns: 500 },
    );
  });
});
