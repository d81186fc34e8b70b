import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mlAnalyser as analyser } from '../analysis/ml-analyser.ts';
import { formatQuery } from './format.ts';
import { maxQueryTerms, parseQuery } from './parse.ts';
import { type Clause, noFilter, type Query } from './query.ts';

const today = Temporal.PlainDate.from('2026-03-15');
const parse = (input: string): Query => parseQuery(input, { analyser, today });
/** Alternatives as text: `fine tune | finetun`; a gap of one word is a dot. */
const readable = ({ alternatives }: Clause): string =>
  alternatives
    .map((terms) =>
      terms
        .map(
          ({ term, offset }, i) => '. '.repeat(i === 0 ? 0 : offset - (terms[i - 1]?.offset ?? 0) - 1) + term,
        )
        .join(' '),
    )
    .join(' | ');
const words = (input: string): string[] => parse(input).words.map(readable);
const required = (input: string): string[] =>
  parse(input).required.map((clause) => `${clause.field}: ${readable(clause)}`);
const excluded = (input: string): string[] =>
  parse(input).excluded.map((clause) => `${clause.field}: ${readable(clause)}`);

describe('words and phrases', () => {
  it('looks for words by their stems, and for people by their whole names', () => {
    expect(words('retention losses')).toEqual(['retent | retention', 'loss | losses']);
  });
  it('looks for a compound in all its spellings', () => {
    expect(words('fine-tuning')[0]).toMatch(/^fine tune \| finetun \|/);
    expect(words('pre-trained')[0]).toMatch(/^pretrain \| pre train\b/);
    expect(words('ImageNet')[0]).toMatch(/^imagenet \| imag net\b/);
    expect(words('ResNet50')[0]).toMatch(/^resnet50 \| resnet 50\b/);
    expect(words('8bit')[0]).toMatch(/^8bit \| 8 bit\b/);
  });
  it('requires phrases, with gaps where common words stand', () => {
    expect(required('"attention is all you need"')[0]).toMatch(/^any: attent \. all \. need \| /);
    expect(required('"the graph of graphs"')[0]).toMatch(/^any: graph \. graph \| /);
  });
  it('finds a phrase with each spelling of a compound in it', () => {
    const [phrase] = required('"KV-cache pruning"');
    expect(phrase).toContain('kv cach prune');
    expect(phrase).toContain('kvcach prune');
  });
  it('joins a prefix that is no word to the word after it', () => {
    expect(required('"multi head attention"')[0]).toContain('multihead attent');
  });
  it('takes every kind of quotation mark', () => {
    for (const text of [
      '"loss scaling"',
      '“loss scaling”',
      '«loss scaling»',
      '„loss scaling“',
      '＂loss scaling＂',
    ])
      expect(parse(text).required, text).toEqual(parse('"loss scaling"').required);
  });
  it('ignores a quotation mark without its partner and says so', () => {
    const query = parse('"loss scaling');
    expect(query.words.map(({ written }) => written)).toEqual(['loss', 'scaling']);
    expect(query.notes).toEqual(['A quotation mark without its partner was ignored.']);
  });
  it('excludes words, phrases and fielded words', () => {
    expect(excluded('loss -image')).toEqual(['any: imag | image']);
    expect(excluded('-"loss scaling"')[0]).toMatch(/^any: loss scale/);
    expect(excluded('-title:survey -author:"B. Writer"')).toEqual(['title: survey', 'author: b writer']);
    expect(words('state-of-the-art - sparse')).toHaveLength(3);
  });
  it('keeps common words for the encoder only, and says when there is nothing else', () => {
    expect(parse('how to be').words).toEqual([]);
    expect(parse('how to be').freeText).toBe('how to be');
    expect(parse('how to be').notes).toHaveLength(1);
    expect(parse('how to prune').words).toHaveLength(1);
    expect(parse('how to prune').notes).toEqual([]);
  });
  it('reads to the encoder words and phrases without operators, and no names', () => {
    expect(parse('sparse title:experts "loss scaling" -image author:writer cat:cs.LG').freeText).toBe(
      'sparse experts loss scaling',
    );
  });
});

describe('fields', () => {
  it('looks in the field named, in either case and with a space', () => {
    expect(required('title:sparse')).toEqual(['title: spars']);
    expect(required('TITLE: Sparse')).toEqual(['title: spars']);
    expect(required('author:Writér')).toEqual(['author: writer']);
    expect(required('author:"Ann Writer-Reader"')).toEqual(['author: ann writer reader | ann writerreader']);
    expect(required('author:the')).toEqual(['author: the']);
  });
  it('takes a field without a value as a word', () => {
    expect(words('sparse title:')).toEqual(['spars | sparse', 'titl | title']);
    expect(parse('title: cat:cs.LG').filter.categories).toEqual(['cs.LG']);
  });
  it('or-s the values of one filter, and writes categories in one way', () => {
    expect(parse('cat:CS.lg category:cs.CL,stat.ml cat:cs.LG').filter.categories).toEqual([
      'cs.LG',
      'cs.CL',
      'stat.ML',
    ]);
    expect(parse('source:arXiv').filter.sources).toEqual(['arxiv']);
    expect(parse('-cat:cond-mat.Mes-Hall -source:acl').filter).toEqual({
      ...noFilter,
      excludedCategories: ['cond-mat.mes-hall'],
      excludedSources: ['acl'],
    });
  });
  it.each([
    ['2025', '2025-01-01', '2025-12-31'],
    ['2024-02', '2024-02-01', '2024-02-29'],
    ['2025-6-9', '2025-06-09', '2025-06-09'],
    ['2025-06..2025-12', '2025-06-01', '2025-12-31'],
    ['2025..', '2025-01-01', undefined],
    ['..2024', undefined, '2024-12-31'],
    ['>=2025-06-01', '2025-06-01', undefined],
    ['>2025', '2026-01-01', undefined],
    ['<=2025-06', undefined, '2025-06-30'],
    ['<2025', undefined, '2024-12-31'],
    ['today', '2026-03-15', '2026-03-15'],
    ['yesterday', '2026-03-14', '2026-03-14'],
    ['2w', '2026-03-01', undefined],
    ['1y', '2025-03-15', undefined],
  ])('reads date:%s', (text, from, to) => {
    expect(parse(`date:${text}`).filter).toEqual({ ...noFilter, from, to });
  });
  it('intersects dates, and says when none is left', () => {
    expect(parse('date:2025.. date:..2025-03').filter).toMatchObject({
      from: '2025-01-01',
      to: '2025-03-31',
    });
    expect(parse('date:2025 date:2024').notes).toEqual(['No date is in 2025..2024, so no paper can match.']);
  });
  it('searches what is no date, category or id as words, and says so', () => {
    for (const text of [
      'date:2025-13',
      'date:2025-02-30',
      'date:..',
      'date:>',
      'date:soon',
      'cat:*',
      'has:wings',
    ]) {
      const query = parse(text);
      expect(query.filter, text).toEqual(noFilter);
      expect(query.notes[0], text).toBe(`“${text}” was not understood and searched as words.`);
    }
    expect(parse('-cat:*').notes).toEqual(['“-cat:*” was not understood and left out.']);
    expect(parse('-date:2025').filter).toEqual(noFilter);
  });
  it('knows whether there is code', () => {
    expect(parse('has:code').filter.hasCode).toBe(true);
    expect(parse('-HAS:Code').filter.hasCode).toBe(false);
  });
  it.each([
    ['2502.19712', '2502.19712'],
    ['2502.19712v3', '2502.19712'],
    ['arXiv:2502.19712', '2502.19712'],
    ['https://arxiv.org/abs/2502.19712v2', '2502.19712'],
    ['https://arxiv.org/pdf/2502.19712.pdf', '2502.19712'],
    ['10.48550/arXiv.2502.19712', '2502.19712'],
    ['hep-th/9901001', 'hep-th/9901001'],
    ['math.GT/0309136v1', 'math/0309136'],
    ['acl:P19-1001', 'acl:P19-1001'],
  ])('finds the paper id:%s', (text, id) => {
    expect(parse(`id:${text}`).filter.ids).toEqual([id]);
  });
});

describe('any input', () => {
  const pieces = fc.constantFrom(
    ...[
      '"',
      '-',
      ' ',
      ':',
      'title:',
      'author:',
      'cat:',
      'cat:cs.LG',
      'date:',
      'date:2025',
      '..',
      'has:code',
      'id:',
    ],
    ...[
      'fine-tuning',
      'ImageNet',
      'the',
      '$\\alpha$',
      '深度学习',
      '😀',
      '\u0000',
      '\ud800',
      '“',
      '»',
      ',',
      'x',
    ],
    ...[
      '-cat:',
      'source:acl',
      '2502.19712',
      'שלום',
      "O'Brien",
      '(',
      'pre trained',
      '{',
      '-date:2024',
      'date:>=2025-06',
    ],
  );
  const typed = fc.oneof(
    fc.array(pieces, { maxLength: 14 }).map((list) => list.join('')),
    fc.array(pieces, { maxLength: 14 }).map((list) => list.join(' ')),
    fc.string({ unit: 'grapheme', maxLength: 60 }),
    fc.string({ unit: 'binary', maxLength: 60 }),
  );

  it('has an answer of bounded size', () => {
    fc.assert(
      fc.property(fc.oneof(typed, fc.string({ unit: 'binary', maxLength: 600 })), (input) => {
        const query = parse(input);
        const clauses = [...query.words, ...query.required, ...query.excluded];
        expect(clauses.length).toBeLessThanOrEqual(maxQueryTerms);
        expect(query.freeText.length).toBeLessThanOrEqual(250);
        for (const { alternatives } of clauses) {
          expect(alternatives.length).toBeGreaterThan(0);
          for (const terms of alternatives) expect(terms[0]?.offset).toBe(0);
        }
      }),
      { numRuns: 500 },
    );
  });
  it('reads the same query from a query as it is written back', () => {
    fc.assert(
      fc.property(typed, (input) => {
        const { notes: _, ...query } = parse(input);
        const text = formatQuery(parse(input));
        fc.pre(text.length <= 250);
        expect(parse(text)).toMatchObject(query);
        expect(formatQuery(parse(text))).toBe(text);
      }),
      { numRuns: 2000 },
    );
  });
  it.each([
    ['parentheses', '('.repeat(100_000)],
    ['quotes', '"'.repeat(10_000)],
    ['minus and quote', '-"'.repeat(50_000)],
    ['fields', 'title:'.repeat(20_000)],
    ['spaces', ' '.repeat(100_000)],
    ['one word', 'a'.repeat(1_000_000)],
    ['many words', 'x '.repeat(10_000)],
    ['regular expression', `${'(a+)+'.repeat(1000)}$`],
    ['SQL', `'; drop table paper; -- ${'x'.repeat(1000)}`],
    ['backslashes', '\\'.repeat(100_000)],
    ['emoji', '👩‍👩‍👧‍👦'.repeat(10_000)],
  ])('is not impressed by very many %s', (_, input) => {
    const query = parse(input);
    expect(query.words.length).toBeLessThanOrEqual(maxQueryTerms);
  });
  it('cuts what is too long at the end of a word, and says so', () => {
    const query = parse(`${'w'.repeat(200)} ${'v'.repeat(100)}`);
    expect(query.freeText).toBe('w'.repeat(200));
    expect(query.notes).toEqual(['Only the first 250 characters were searched.']);
    expect(parse('w'.repeat(250)).notes).toEqual([]);
  });
  it('never cuts a character in half', () => {
    expect(parse(`x${'😀'.repeat(200)}`).freeText).toBe(`x${'😀'.repeat(124)}`);
  });
  it('searches 64 terms and says so when there are more', () => {
    const query = parse('q '.repeat(100));
    expect(query.words).toHaveLength(64);
    expect(query.notes).toEqual(['Only the first 64 words were searched.']);
  });
  it('takes control characters as spaces', () => {
    expect(parse('sparse\u0000\u0007experts\r\n')).toEqual(parse('sparse experts'));
  });
  it('is empty for nothing', () => {
    for (const input of ['', '   ', '""', '-""', '"" ""']) {
      expect(parse(input), input).toEqual({
        words: [],
        required: [],
        excluded: [],
        filter: noFilter,
        freeText: '',
        notes: [],
      });
    }
  });
});
