import { readFileSync } from 'node:fs';
import { Tokenizer } from '@huggingface/tokenizers';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPapers, sharedFile } from '../testing/shared-papers.ts';
import { encodedText } from './encoder.ts';
import { miniLmFile, readMiniLmVocabulary } from './minilm-package.ts';
import { WordPiece } from './word-piece.ts';

const wordPiece = new WordPiece(readMiniLmVocabulary());
const reference = new Tokenizer(JSON.parse(readFileSync(miniLmFile('tokenizer.json'), 'utf8')), {});
const ours = (text: string): number[] => [...wordPiece.encode(text, 100_000)];
/** Special pieces written in a text are the one thing read differently, on purpose. */
const isComparable = (text: string): boolean => !/\[(PAD|UNK|CLS|SEP|MASK)\]/.test(text);

describe('WordPiece', () => {
  it('cuts words into the pieces that BERT knows', () => {
    const spell = (text: string): string[] =>
      [...wordPiece.encode(text, 64)].map((number) => wordPiece.vocabulary.pieces[number] ?? '?');
    expect(spell('Unaffable, naïve!')).toEqual([
      '[CLS]',
      'una',
      '##ffa',
      '##ble',
      ',',
      'naive',
      '!',
      '[SEP]',
    ]);
    expect(spell('')).toEqual(['[CLS]', '[SEP]']);
  });

  it('cuts any text as the reference does', () => {
    const someText = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.string({ unit: 'grapheme', maxLength: 60 }),
      fc.string({ unit: 'grapheme-ascii', maxLength: 200 }),
      fc
        .array(
          fc.constantFrom(
            'İ',
            'ß',
            'é',
            '漢',
            'α',
            '😀',
            '\u200d',
            '\ud800',
            ' ',
            'a',
            '-',
            '\u0301',
            '𐄀',
            '𠀀',
          ),
        )
        .map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(someText, (text) => {
        fc.pre(isComparable(text));
        expect(ours(text)).toEqual(reference.encode(text).ids);
      }),
      { numRuns: 1000 },
    );
  });

  it('takes a word of a hundred characters for unknown only when it is longer than that', () => {
    for (const text of ['a'.repeat(100), 'a'.repeat(101), '😀'.repeat(100), `${'b'.repeat(500)} a`])
      expect(ours(text)).toEqual(reference.encode(text).ids);
  });

  it('leaves out what is beyond the longest, and still ends', () => {
    const all = ours('one two three four five six');
    const cut = [...wordPiece.encode('one two three four five six', 5)];
    expect(cut).toEqual([...all.slice(0, 4), all.at(-1)]);
    expect([...wordPiece.encode('unaffable', 4)]).toHaveLength(4);
    expect([...wordPiece.encode('one', 2)]).toHaveLength(2);
  });

  it('reads special pieces in a text as the text they are', () => {
    expect(reference.encode('[MASK]').ids).toHaveLength(3);
    expect(ours('[MASK]')).toEqual(ours('[ mask ]'));
  });

  it('cuts the same whatever it has read before, also more words than it remembers', () => {
    const into = new Int32Array(64);
    for (let i = 0; i < 140_000; i += 1) wordPiece.write(`w${i.toString(36)}`, into);
    for (const text of ['w0 w1 unaffable', 'w2s0w', `${'long'.repeat(20)} w${(139_999).toString(36)}`])
      expect(ours(text)).toEqual(reference.encode(text).ids);
  });

  it('tells each word and where its pieces begin', () => {
    const words: [string, number][] = [];
    const count = wordPiece.write('Unaffable naïve!', new Int32Array(20), (word, at) =>
      words.push([word, at]),
    );
    expect(words).toEqual([
      ['unaffable', 0],
      ['naive', 3],
      ['!', 4],
    ]);
    expect(count).toBe(5);
  });
});

const archive = sharedFile('arxiv-2025-2026.jsonl.zst');

it.skipIf(archive === undefined)(
  'cuts real abstracts as the reference does (skipped without the shared data)',
  async () => {
    const papers = (await readPapers(archive ?? '', 1000, 100)).map(encodedText).filter(isComparable);
    for (const text of papers) expect(ours(text)).toEqual(reference.encode(text).ids);
  },
);
