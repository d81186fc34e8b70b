// Who is trained on and who is tested: the benchmark's 442 patients drawn anew for each seed, and a large test set that
// no model sees.
import { pcg32 } from '@offprint/methods';
import type { Table } from '../../data-sets/table.ts';
import { shuffled, writeNote } from './notes.ts';

export interface Note {
  /** Words in order. */
  readonly words: readonly string[];
  /** 1 for death within 30 days of admission. */
  readonly label: 0 | 1;
}

/** The notes of the whole study, divided once for all seeds. */
export interface Cohort {
  /** 4,000 patients in the benchmark's proportion of outcomes: what a model truly does is measured on them. */
  readonly test: readonly Note[];
  /** Everybody else: what the benchmark's patients are drawn from, and without labels, the text to pre-train on. */
  readonly pool: readonly Note[];
}

/** One draw of the benchmark. Every part has its proportion of outcomes. */
export interface Draw {
  readonly train: readonly Note[];
  /** Where settings are chosen. */
  readonly validation: readonly Note[];
  /** As large as the benchmark's own test set. */
  readonly smallTest: readonly Note[];
}

/** Patients of the benchmark without and with the event. */
export const benchmark = { normal: 355, event: 87 } as const;

/** Within this many days a death is the event; nobody left the study alive before day 344. */
const eventDays = 30;
const testSize = 4000;
/** Fixes which patients are tested on and how every note is worded. */
const cohortSeed = 35;

/**
 * @throws RangeError when the table lacks a column or the patients for the test set
 */
export function makeCohort(table: Table): Cohort {
  const time = table.columns.time;
  const dead = table.columns.dead;
  if (time === undefined || dead === undefined) throw new RangeError('The table lacks time or outcome.');
  const notes = Array.from({ length: table.rows }, (_, row): Note => {
    const event = dead[row] === 1 && (time[row] ?? Number.POSITIVE_INFINITY) <= eventDays;
    return { words: writeNote(table, row, pcg32(cohortSeed, row)), label: event ? 1 : 0 };
  });
  const mixed = shuffled(notes, pcg32(cohortSeed, table.rows));
  const events = Math.round((testSize * benchmark.event) / (benchmark.event + benchmark.normal));
  const [test, pool] = divide(mixed, testSize - events, events);
  return { test, pool };
}

/** The benchmark's patients under one seed: 20 % tested on, of the rest 20 % to choose settings, the others to train. */
export function drawBenchmark(cohort: Cohort, seed: number): Draw {
  const { normal, event } = benchmark;
  const [drawn] = divide(shuffled(cohort.pool, pcg32(seed, 1)), normal, event);
  const mixed = shuffled(drawn, pcg32(seed, 2));
  const fifth = (count: number) => Math.round(count / 5);
  const [smallTest, rest] = divide(mixed, fifth(normal), fifth(event));
  const [validation, train] = divide(rest, fifth(normal - fifth(normal)), fifth(event - fifth(event)));
  return { train, validation, smallTest };
}

/** The first so many notes of each label, and the others, both in the given order. */
function divide(notes: readonly Note[], normal: number, event: number): [Note[], Note[]] {
  const wanted = [normal, event];
  const taken: Note[] = [];
  const left: Note[] = [];
  for (const note of notes) {
    const open = wanted[note.label] ?? 0;
    if (open > 0) taken.push(note);
    else left.push(note);
    wanted[note.label] = open - 1;
  }
  if (taken.length < normal + event) throw new RangeError('There are too few patients for the design.');
  return [taken, left];
}
