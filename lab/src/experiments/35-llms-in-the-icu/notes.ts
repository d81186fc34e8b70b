// A patient's table row as a short note in words: the stand-in for clinical text, which cannot be shared.
import type { Random } from '@offprint/methods';
import type { Table } from '../../data-sets/table.ts';

/** A range of a measurement and the ways a note may put it; `common` findings are often left out of a note. */
interface Range {
  /** The range ends below this value. */
  readonly below: number;
  readonly phrases: readonly string[];
  readonly common?: boolean;
}

/**
 * What a note tells, by column of the table, from the lowest range to the highest. The limits are usual reference
 * ranges, set before anything was trained. Left out: the severity scores `sps` and `aps`, which are themselves forecasts
 * of death, `avtisst`, which is known only later, and race, income and schooling, which belong in no forecast.
 */
const measurements: Readonly<Record<string, readonly Range[]>> = {
  meanbp: [
    { below: 55, phrases: ['profoundly hypotensive', 'blood pressure very low'] },
    { below: 70, phrases: ['hypotensive', 'blood pressure low'] },
    { below: 106, phrases: ['blood pressure stable', 'blood pressure normal'], common: true },
    { below: Number.POSITIVE_INFINITY, phrases: ['hypertensive', 'blood pressure high'] },
  ],
  hrt: [
    { below: 60, phrases: ['bradycardic', 'heart rate low'] },
    { below: 100, phrases: ['heart rate normal', 'heart rhythm regular'], common: true },
    { below: 130, phrases: ['tachycardic', 'heart rate high'] },
    { below: Number.POSITIVE_INFINITY, phrases: ['markedly tachycardic', 'heart rate very high'] },
  ],
  resp: [
    { below: 12, phrases: ['breathing slow', 'respiratory rate low'] },
    { below: 21, phrases: ['breathing comfortable', 'respiratory rate normal'], common: true },
    { below: 30, phrases: ['tachypneic', 'respiratory rate high'] },
    { below: Number.POSITIVE_INFINITY, phrases: ['in respiratory distress', 'respiratory rate very high'] },
  ],
  temp: [
    { below: 36, phrases: ['hypothermic', 'temperature low'] },
    { below: 38, phrases: ['afebrile', 'temperature normal'], common: true },
    { below: Number.POSITIVE_INFINITY, phrases: ['febrile', 'temperature high'] },
  ],
  pafi: [
    { below: 100, phrases: ['oxygenation severely impaired', 'severe hypoxemia'] },
    { below: 200, phrases: ['oxygenation impaired', 'hypoxemia'] },
    { below: 300, phrases: ['oxygenation mildly impaired', 'mild hypoxemia'] },
    { below: Number.POSITIVE_INFINITY, phrases: ['oxygenation normal', 'saturating well'], common: true },
  ],
  wblc: [
    { below: 4, phrases: ['leukopenic', 'white count low'] },
    { below: 11, phrases: ['white count normal'], common: true },
    { below: 20, phrases: ['leukocytosis', 'white count high'] },
    { below: Number.POSITIVE_INFINITY, phrases: ['marked leukocytosis', 'white count very high'] },
  ],
  alb: [
    { below: 2.5, phrases: ['albumin very low', 'severe hypoalbuminemia'] },
    { below: 3.5, phrases: ['albumin low', 'hypoalbuminemia'] },
    { below: Number.POSITIVE_INFINITY, phrases: ['albumin normal'], common: true },
  ],
  bili: [
    { below: 1.3, phrases: ['bilirubin normal', 'anicteric'], common: true },
    { below: 5, phrases: ['bilirubin elevated', 'mildly jaundiced'] },
    { below: Number.POSITIVE_INFINITY, phrases: ['bilirubin very high', 'deeply jaundiced'] },
  ],
  crea: [
    { below: 1.3, phrases: ['creatinine normal', 'renal function intact'], common: true },
    { below: 2, phrases: ['creatinine elevated', 'renal function reduced'] },
    { below: Number.POSITIVE_INFINITY, phrases: ['creatinine very high', 'renal failure'] },
  ],
  sod: [
    { below: 135, phrases: ['hyponatremic', 'sodium low'] },
    { below: 146, phrases: ['sodium normal', 'electrolytes balanced'], common: true },
    { below: Number.POSITIVE_INFINITY, phrases: ['hypernatremic', 'sodium high'] },
  ],
  ph: [
    { below: 7.25, phrases: ['severely acidotic', 'arterial ph very low'] },
    { below: 7.35, phrases: ['acidotic', 'arterial ph low'] },
    { below: 7.46, phrases: ['arterial ph normal'], common: true },
    { below: Number.POSITIVE_INFINITY, phrases: ['alkalotic', 'arterial ph high'] },
  ],
  scoma: [
    { below: 1, phrases: ['alert and oriented', 'awake'], common: true },
    { below: 45, phrases: ['drowsy', 'consciousness reduced'] },
    { below: Number.POSITIVE_INFINITY, phrases: ['comatose', 'unresponsive'] },
  ],
  adls: [
    { below: 1, phrases: ['independent at home'], common: true },
    { below: 4, phrases: ['needs some help at home', 'partly dependent'] },
    { below: Number.POSITIVE_INFINITY, phrases: ['fully dependent', 'needs full care'] },
  ],
  comorbs: [
    { below: 1, phrases: ['no comorbidities', 'previously healthy'], common: true },
    { below: 3, phrases: ['some comorbidities'] },
    { below: Number.POSITIVE_INFINITY, phrases: ['many comorbidities', 'multimorbid'] },
  ],
};

/** What a note says when a column of the table is 1. */
const conditions: Readonly<Record<string, readonly string[]>> = {
  diabetes: ['diabetic', 'known diabetes'],
  dementia: ['demented', 'known dementia'],
  cayes: ['cancer', 'malignancy'],
};

/** The reason for admission; a patient with none of these has acute respiratory failure or sepsis. */
const admissions: Readonly<Record<string, readonly string[]>> = {
  dzgroupCHF: ['congestive heart failure', 'decompensated heart failure'],
  dzgroupCirrhosis: ['liver cirrhosis', 'decompensated cirrhosis'],
  dzgroupColonCancer: ['metastatic colon cancer', 'colon carcinoma'],
  dzgroupComa: ['admitted in coma', 'nontraumatic coma'],
  dzgroupCOPD: ['obstructive lung disease', 'copd exacerbation'],
  dzgroupLungCancer: ['lung cancer', 'lung carcinoma'],
  dzgroupMOSFMalig: ['organ failure with malignancy', 'multiorgan failure and malignancy'],
};
const otherAdmission = ['acute respiratory failure', 'sepsis with organ failure'];

/** Columns of the table that a note is made from. */
export const noteColumns: readonly string[] = [
  ...Object.keys(admissions),
  ...Object.keys(conditions),
  ...Object.keys(measurements),
];

/** The share of notes in which a common finding is written down. */
const commonWritten = 0.5;

/**
 * The note of one patient: the reason for admission, then the findings in any order, each in one of the ways it is put
 * and closed by a full stop. Abnormal findings are always told, common ones half the time.
 * @param random drawn from for the wording and the order
 * @returns words in lower case, full stops as words of their own
 * @throws RangeError when the table lacks a column
 */
export function writeNote(table: Table, row: number, random: Random): string[] {
  const value = (column: string): number => {
    const values = table.columns[column];
    if (values === undefined) throw new RangeError(`The table has no column ${column}.`);
    return values[row] ?? Number.NaN;
  };
  const oneOf = (phrases: readonly string[]): string => phrases[random.nextBelow(phrases.length)] ?? '';
  const admission = Object.entries(admissions).find(([column]) => value(column) === 1)?.[1] ?? otherAdmission;
  const opening = oneOf(admission);
  const findings: string[] = [];
  for (const [column, phrases] of Object.entries(conditions)) {
    if (value(column) === 1) findings.push(oneOf(phrases));
  }
  for (const [column, ranges] of Object.entries(measurements)) {
    const measured = value(column);
    const range = ranges.find(({ below }) => measured < below);
    // A missing value is not written about.
    if (range === undefined || (range.common === true && random.nextUnit() >= commonWritten)) continue;
    findings.push(oneOf(range.phrases));
  }
  return [opening, ...shuffled(findings, random)].flatMap((phrase) => [...phrase.split(' '), '.']);
}

/** The items in an order that `random` draws (Fisher and Yates). */
export function shuffled<T>(items: readonly T[], random: Random): T[] {
  const order = [...items];
  for (let i = order.length - 1; i > 0; i--) {
    const j = random.nextBelow(i + 1);
    const [a, b] = [order[i], order[j]];
    if (a !== undefined && b !== undefined) {
      order[i] = b;
      order[j] = a;
    }
  }
  return order;
}
