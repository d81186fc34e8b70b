// What a form of controls says, read alike by the server from an address and by the page from its form.
import type { Control, Controls } from '@offprint/lab/browser';

/** Before every control's name in an address, so that it meets no other parameter. */
const prefix = 'try-';

/** Stands in every form of controls: a box that is not ticked says nothing else. */
export const submittedName = 'try';

export const controlName = (name: string): string => `${prefix}${name}`;

/** Where a value is read from: an address or a form. */
export interface SentValues {
  has(name: string): boolean;
  getAll(name: string): readonly unknown[];
}

/**
 * The values of controls as `LivePage.draw` takes them: what is missing or unreadable is left out, and `draw` puts the
 * initial value in its place.
 */
export function sentValues(controls: Controls, sent: SentValues): Record<string, unknown> {
  const submitted = sent.has(submittedName);
  return Object.fromEntries(
    Object.entries(controls).flatMap(([name, control]) => {
      const given = sent.getAll(controlName(name)).filter((value) => typeof value === 'string');
      const value = sentValue(control, given, submitted);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

function sentValue(control: Control, given: readonly string[], submitted: boolean): unknown {
  const [first] = given;
  switch (control.kind) {
    case 'range':
      return first === undefined ? undefined : fromPlace(control, numberOf(first));
    case 'choice':
      return first;
    case 'toggle':
      return submitted ? first === 'on' : undefined;
    case 'curve':
      return given.length === 0 ? undefined : control.initial.map((_, i) => numberOf(given[i] ?? ''));
  }
}

/** NaN for what is no number, the empty text among it. */
const numberOf = (text: string): number => (text.trim() === '' ? Number.NaN : Number(text));

/** The value at a slider's place: on a logarithmic slider the place is the power of ten. */
export function fromPlace(control: { readonly log?: boolean }, place: number): number {
  return control.log ? 10 ** place : place;
}

/** The slider's place of a value. */
export function toPlace(control: { readonly log?: boolean }, value: number): number {
  return control.log ? Math.log10(value) : value;
}
