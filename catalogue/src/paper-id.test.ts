import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isArxivId, parseArxivId, parsePaperId } from './paper-id.ts';

const month = fc.integer({ min: 1, max: 12 }).map((m) => String(m).padStart(2, '0'));
const modern = fc
  .tuple(fc.integer({ min: 15, max: 40 }), month, fc.integer({ min: 1, max: 99_999 }))
  .map(([y, m, n]) => `${y}${m}.${String(n).padStart(5, '0')}`);
const early = fc
  .tuple(fc.integer({ min: 7, max: 14 }), month, fc.integer({ min: 1, max: 9999 }))
  .map(([y, m, n]) => `${String(y).padStart(2, '0')}${m}.${String(n).padStart(4, '0')}`);
const old = fc
  .tuple(
    fc.constantFrom('hep-th', 'math', 'cond-mat', 'q-bio'),
    fc.integer({ min: 91, max: 99 }),
    month,
    fc.integer({ min: 1, max: 999 }),
  )
  .map(([archive, y, m, n]) => `${archive}/${y}${m}${String(n).padStart(3, '0')}`);
const arxivId = fc.oneof(modern, early, old);
const version = fc.option(fc.integer({ min: 1, max: 40 }), { nil: undefined });
const spelling = fc.constantFrom(
  (id: string) => id,
  (id: string) => ` ${id} `,
  (id: string) => `arXiv:${id}`,
  (id: string) => `ARXIV: ${id}`,
  (id: string) => `https://arxiv.org/abs/${id}`,
  (id: string) => `http://www.arxiv.org/pdf/${id}.pdf`,
  (id: string) => `https://arxiv.org/pdf/${id}`,
  (id: string) => `https://export.arxiv.org/html/${id}/`,
  (id: string) => `arxiv.org/abs/${id}?context=cs#S1`,
  (id: string) => `https://huggingface.co/papers/${id}`,
  (id: string) => `https://doi.org/10.48550/arXiv.${id}`,
  (id: string) => `oai:arXiv.org:${id}`,
);

describe('paper ids', () => {
  it('are the same however a person or a program spells them', () =>
    fc.assert(
      fc.property(arxivId, version, spelling, (id, v, spell) => {
        expect(parseArxivId(spell(v === undefined ? id : `${id}v${v}`))).toEqual({ id, version: v });
        expect(isArxivId(id)).toBe(true);
      }),
    ));
  it('drop the subject class of the old scheme', () => {
    expect(parsePaperId('math.GT/0309136v1')).toBe('math/0309136');
  });
  it('are refused when no paper could have them', () => {
    for (const text of [
      '',
      '2413.00001',
      '2406.123',
      '2406.123456',
      '0704.00001',
      'hep-th/99010',
      '../etc/passwd',
      '2406.08607v0',
      'https://example.org/abs/2406.08607',
      'x'.repeat(5000),
    ])
      expect(parseArxivId(text), text).toBeUndefined();
  });
  it('never throw, and give back only what parses to itself', () =>
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' })), (text) => {
        const id = parsePaperId(text);
        if (id !== undefined) expect(parsePaperId(id)).toBe(id);
      }),
    ));
  it('of other sources stand as they are', () => {
    expect(parsePaperId('page:a-title-of-a-paper')).toBe('page:a-title-of-a-paper');
    expect(parsePaperId('PAGE:x')).toBeUndefined();
    expect(parsePaperId('page:')).toBeUndefined();
  });
});
