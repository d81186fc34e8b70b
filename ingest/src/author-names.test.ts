import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitAuthors } from './author-names.ts';
import { decodeLatexAccents } from './latex-accents.ts';

const names = (line: string) => splitAuthors(line).map(({ name }) => name);

describe('LaTeX accents', () => {
  it.each([
    [String.raw`Jos\'e`, 'José'],
    [String.raw`Jos\'{e}`, 'José'],
    [String.raw`Jos{\'e}`, 'José'],
    [String.raw`{\"O}zg\"ur`, 'Özgür'],
    [String.raw`Fran\c{c}ois \c Ca`, 'François Ça'],
    [String.raw`\v{S}imon \v Cech`, 'Šimon Čech'],
    [String.raw`L\H{o}rinc`, 'Lőrinc'],
    [String.raw`\'{\i}nigo \'\i x`, 'ínigo í x'],
    [String.raw`S{\o}ren \O{}st \AA rhus Wei{\ss}`, 'Søren Øst Århus Weiß'],
    [String.raw`\L{}ukasz Wo\'zniak`, 'Łukasz Woźniak'],
    ['A.~B.~Writer', 'A. B. Writer'],
    ['Plain O\u0308', 'Plain Ö'],
    [String.raw`\unknown{x}`, String.raw`\unknownx`],
  ])('reads %s', (written, meant) => {
    expect(decodeLatexAccents(written)).toBe(meant);
  });

  it('turns every accent over every letter into what Unicode composes', () => {
    const marks: [string, string][] = [
      ['`', '\u0300'],
      ["'", '\u0301'],
      ['^', '\u0302'],
      ['"', '\u0308'],
      ['~', '\u0303'],
    ];
    for (const [sign, mark] of marks)
      for (const letter of 'aeiounAEIOUN')
        for (const written of [
          `\\${sign}${letter}`,
          `\\${sign}{${letter}}`,
          `{\\${sign}${letter}}`,
          `\\${sign} ${letter}`,
        ])
          expect(decodeLatexAccents(written)).toBe((letter + mark).normalize('NFC'));
  });

  it('never throws and leaves plain text alone', () => {
    fc.assert(fc.property(fc.string(), (text) => typeof decodeLatexAccents(text) === 'string'));
    const plain = fc.stringMatching(/^[A-Za-z .,'-]*$/);
    fc.assert(fc.property(plain, (text) => decodeLatexAccents(text) === text));
  });
});

describe('a printed line of authors', () => {
  it('splits at commas, "and", "&" and semicolons', () => {
    expect(names('A. Author, B. Writer and C. Penn')).toEqual(['A. Author', 'B. Writer', 'C. Penn']);
    expect(names('A. Author, B. Writer, and C. Penn')).toEqual(['A. Author', 'B. Writer', 'C. Penn']);
    expect(names('A. Author & B. Writer; C. Penn')).toEqual(['A. Author', 'B. Writer', 'C. Penn']);
  });

  it('does not split names that contain "and"', () => {
    expect(names('Sandra Andersand, Band Andrea')).toEqual(['Sandra Andersand', 'Band Andrea']);
  });

  it('reads affiliations in parentheses, commas and nesting included', () => {
    expect(splitAuthors('A. Author (Institute, Town (North)), B. Writer')).toEqual([
      { name: 'A. Author', affiliation: 'Institute, Town (North)' },
      { name: 'B. Writer' },
    ]);
  });

  it('resolves numbered affiliations by the legend at the end', () => {
    expect(
      splitAuthors(
        'A. Author (1), B. Writer (1 and 2) and C. Penn (3) ((1) Here, (2) There, and (3) Elsewhere)',
      ),
    ).toEqual([
      { name: 'A. Author', affiliation: 'Here' },
      { name: 'B. Writer', affiliation: 'Here; There' },
      { name: 'C. Penn', affiliation: 'Elsewhere' },
    ]);
  });

  it('drops numbers that no legend explains', () => {
    expect(splitAuthors('A. Author (1), B. Writer (2)')).toEqual([
      { name: 'A. Author' },
      { name: 'B. Writer' },
    ]);
  });

  it('keeps generational suffixes with their names', () => {
    expect(names('A. Author, Jr., B. Writer, III and C. Penn')).toEqual([
      'A. Author, Jr.',
      'B. Writer, III',
      'C. Penn',
    ]);
  });

  it('knows collaborations: as authors, as affiliations, never as empty names', () => {
    expect(names('The X Collaboration: A. Author, B. Writer')).toEqual([
      'The X Collaboration',
      'A. Author',
      'B. Writer',
    ]);
    expect(splitAuthors('A. Author (on behalf of the X Collaboration)')[0]?.affiliation).toBe(
      'on behalf of the X Collaboration',
    );
    expect(splitAuthors('A. Author for the X Collaboration')).toEqual([
      { name: 'A. Author', affiliation: 'for the X Collaboration' },
    ]);
  });

  it('counts "et al." as nobody, and an empty line as no authors', () => {
    expect(names('A. Author, et al.')).toEqual(['A. Author']);
    expect(names('  ')).toEqual([]);
  });

  it('survives unbalanced parentheses', () => {
    expect(names('A. Author (Institute, B. Writer')).toEqual(['A. Author']);
    expect(names('A. Author), B. Writer')).toEqual(['A. Author', 'B. Writer']);
  });

  it('gives back any list of simple names it is joined from', () => {
    const name = fc
      .stringMatching(/^[A-Z]\. [A-Z][a-z]{2,8}(-[A-Z][a-z]{2,8})?$/)
      .filter((text) => !/collaborat/i.test(text));
    fc.assert(
      fc.property(fc.array(name, { minLength: 1, maxLength: 30 }), (list) => {
        expect(names(list.join(', '))).toEqual(list);
        expect(names(list.join(' and '))).toEqual(list);
      }),
    );
  });

  it('never throws and never returns an empty name', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('(', ')', ',', ' and ', '1', 'a', 'B', '\\', '{', '"', ' ', ':') }),
        (line) => splitAuthors(line).every(({ name }) => name !== ''),
      ),
    );
  });
});
