import { pcg32 } from '@offprint/methods';
import { describe, expect, it } from 'vitest';
import type { Table } from '../../data-sets/table.ts';
import { drawBenchmark, makeCohort, type Note } from './cohort.ts';
import { noteColumns, writeNote } from './notes.ts';
import { encodeNotes, makeVocabulary, padToken, takeRows } from './tokens.ts';

/** Invented patients: every column a draw between 0 and 200, a third of them dying early. */
function madeTable(rows: number): Table {
  const random = pcg32(1);
  const column = (draw: () => number) => Float64Array.from({ length: rows }, draw);
  const columns = Object.fromEntries(noteColumns.map((name) => [name, column(() => random.nextBelow(200))]));
  const time = column(() => (random.nextUnit() < 0.33 ? 10 : 400));
  return {
    rows,
    columns: { ...columns, time, dead: column(() => random.nextBelow(10)).map((v) => (v > 0 ? 1 : 0)) },
  };
}

const events = (notes: readonly Note[]): number => notes.filter(({ label }) => label === 1).length;

describe('the patients', () => {
  const cohort = makeCohort(madeTable(6000));

  it('are tested in the benchmark’s proportion of 355 to 87, and nobody is both tested and drawn', () => {
    expect(cohort.test).toHaveLength(4000);
    expect(events(cohort.test)).toBe(787);
    expect(cohort.pool).toHaveLength(2000);
    expect(new Set([...cohort.test, ...cohort.pool]).size).toBe(6000);
  });

  it('are drawn as 442, divided without overlap and with the same proportion in every part', () => {
    const { train, validation, smallTest } = drawBenchmark(cohort, 1);
    const all = [...train, ...validation, ...smallTest];
    expect([train.length, validation.length, smallTest.length]).toEqual([283, 71, 88]);
    expect([events(train), events(validation), events(smallTest)]).toEqual([56, 14, 17]);
    expect(new Set(all).size).toBe(442);
    const pool = new Set(cohort.pool);
    expect(all.every((note) => pool.has(note))).toBe(true);
  });

  it('are the same again under one seed, worded the same too, and others under another', () => {
    expect(makeCohort(madeTable(6000))).toEqual(cohort);
    expect(drawBenchmark(cohort, 1)).toEqual(drawBenchmark(cohort, 1));
    expect(drawBenchmark(cohort, 2)).not.toEqual(drawBenchmark(cohort, 1));
  });

  it('are refused when there are too few or a column is missing', () => {
    expect(() => makeCohort(madeTable(500))).toThrow(RangeError);
    expect(() => makeCohort({ rows: 5000, columns: {} })).toThrow(RangeError);
  });
});

describe('a note', () => {
  /** One patient with every measurement normal, changed as given. */
  const patient = (changed: Record<string, number>): Table => {
    const normal = {
      ...Object.fromEntries(noteColumns.map((name) => [name, 0])),
      ...{
        meanbp: 85,
        hrt: 80,
        resp: 16,
        temp: 37,
        pafi: 400,
        wblc: 7,
        alb: 4,
        bili: 0.6,
        crea: 1,
        sod: 140,
      },
      ...{ ph: 7.4 },
    };
    const columns = Object.entries({ ...normal, ...changed }).map(([name, value]): [string, Float64Array] => [
      name,
      Float64Array.of(value),
    ]);
    return { rows: 1, columns: Object.fromEntries(columns) };
  };
  const told = (changed: Record<string, number>, seed: number) =>
    writeNote(patient(changed), 0, pcg32(seed)).join(' ');

  it('always tells what is abnormal, in one of its wordings', () => {
    for (let seed = 0; seed < 50; seed++) {
      expect(told({ hrt: 150 }, seed)).toMatch(/markedly tachycardic|heart rate very high/);
      expect(told({ crea: 4, diabetes: 1 }, seed)).toMatch(/creatinine very high|renal failure/);
      expect(told({ crea: 4, diabetes: 1 }, seed)).toMatch(/diabetic|known diabetes/);
    }
  });

  it('leaves out what is common about half the time', () => {
    const written = Array.from({ length: 400 }, (_, seed) => told({}, seed)).filter((note) =>
      /sodium normal|electrolytes balanced/.test(note),
    );
    expect(written.length).toBeGreaterThan(160);
    expect(written.length).toBeLessThan(240);
  });

  it('puts a limit into the higher range, and is silent about what was not measured', () => {
    expect(told({ hrt: 130 }, 1)).toMatch(/markedly tachycardic|heart rate very high/);
    for (let seed = 0; seed < 50; seed++)
      expect(told({ hrt: Number.NaN }, seed)).not.toMatch(/heart r|cardic/);
  });

  it('opens with the reason for admission and closes every finding', () => {
    const words = writeNote(patient({ dzgroupComa: 1, temp: 40 }), 0, pcg32(2));
    expect(words.join(' ')).toMatch(/^(admitted in coma|nontraumatic coma) \./);
    expect(words.at(-1)).toBe('.');
  });
});

describe('tokens', () => {
  const notes: Note[] = [
    { words: ['b', 'a', '.'], label: 0 },
    { words: ['b', 'c', '.', 'b', '.'], label: 1 },
  ];

  it('number words by frequency, then by spelling, after the three special ones', () => {
    const vocabulary = makeVocabulary(notes);
    expect(vocabulary.size).toBe(7);
    expect(['.', 'b', 'a', 'c', 'unheard'].map((word) => vocabulary.tokenOf(word))).toEqual([3, 4, 5, 6, 2]);
  });

  it('are padded to the context or cut at it', () => {
    const rows = encodeNotes(notes, makeVocabulary(notes), 4);
    expect(Array.from(rows.tokens)).toEqual([4, 5, 3, padToken, 4, 6, 3, 4]);
    expect(Array.from(takeRows(rows, [1, 0]).tokens)).toEqual([4, 6, 3, 4, 4, 5, 3, padToken]);
  });
});
