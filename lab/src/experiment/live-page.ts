// The part of a paper's page that can be played with: at most two controls and the plots they change.
import type { DataSetName, DataSets } from '../data-sets/data-sets.ts';
import type { Plot } from '../plot/plot.ts';
import type { Results } from './results.ts';

/** A number on a slider. */
export interface RangeControl {
  readonly kind: 'range';
  readonly label: string;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly initial: number;
  /** The slider's places are powers of ten between min and max; `step` is then in decades. */
  readonly log?: boolean;
  readonly unit?: string;
}

/** One of a few. */
export interface ChoiceControl {
  readonly kind: 'choice';
  readonly label: string;
  /** Value and what people read. */
  readonly options: Readonly<Record<string, string>>;
  readonly initial: string;
}

export interface ToggleControl {
  readonly kind: 'toggle';
  readonly label: string;
  readonly initial: boolean;
}

/** A curve of a few handles that can be dragged, each also a slider of its own for the keyboard. */
export interface CurveControl {
  readonly kind: 'curve';
  readonly label: string;
  /** The name of each handle, such as "at step 4,000". */
  readonly handles: readonly string[];
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly initial: readonly number[];
}

export type Control = RangeControl | ChoiceControl | ToggleControl | CurveControl;

export type Controls = Readonly<Record<string, Control>>;

/** The value of a control of each kind. */
type ValueOf<C extends Control> = C extends RangeControl
  ? number
  : C extends ToggleControl
    ? boolean
    : C extends CurveControl
      ? readonly number[]
      : string;

export type Values<C extends Controls> = { readonly [Name in keyof C]: ValueOf<C[Name]> };

export interface LivePageOptions<C extends Controls, D extends DataSetName = never> {
  /** What to do and what to look for, one or two sentences. */
  readonly invitation: string;
  readonly controls: C;
  /** Data sets that `draw` reads. They travel to the browser, so small ones only. */
  readonly data?: readonly D[];
  /**
   * Pure and quick (≤ 50 ms): the server calls it for a page without scripts, the page on every movement.
   * @param results those of `result.json`, or undefined before the first full run
   */
  draw(values: Values<C>, results: Results | undefined, data: Pick<DataSets, D>): readonly Plot[];
}

/** A page whose kind of values only it knows. */
export interface LivePage {
  readonly invitation: string;
  readonly controls: Controls;
  readonly data: readonly DataSetName[];
  /** Draws for values by control name; a value that is missing or of the wrong kind is the control's initial one, and a
   * number is brought into its range. */
  draw(
    values: Readonly<Record<string, unknown>>,
    results: Results | undefined,
    data: Partial<DataSets>,
  ): readonly Plot[];
}

/** Closes a page over the types of its controls and data, so that whoever shows it need not know them. */
export function definePage<C extends Controls, D extends DataSetName = never>(
  options: LivePageOptions<C, D>,
): LivePage {
  const { invitation, controls, data = [] } = options;
  return {
    invitation,
    controls,
    data,
    draw: (values, results, sets) =>
      // The only way to build a mapped type name by name; `valueOfControl` gives each name the value of its control's kind.
      options.draw(valuesOf(controls, values) as Values<C>, results, sets as Pick<DataSets, D>),
  };
}

function valuesOf(controls: Controls, given: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(controls).map(([name, control]) => [name, valueOfControl(control, given[name])]),
  );
}

/** What a control makes of a value that came from an address or an input. */
function valueOfControl(control: Control, given: unknown): number | string | boolean | readonly number[] {
  switch (control.kind) {
    case 'range':
      return within(control, given, control.initial);
    case 'choice':
      return typeof given === 'string' && Object.hasOwn(control.options, given) ? given : control.initial;
    case 'toggle':
      return typeof given === 'boolean' ? given : control.initial;
    case 'curve':
      return control.initial.map((initial, i) =>
        within(control, Array.isArray(given) ? given[i] : undefined, initial),
      );
  }
}

function within(
  range: { readonly min: number; readonly max: number },
  given: unknown,
  initial: number,
): number {
  return typeof given === 'number' && Number.isFinite(given)
    ? Math.min(range.max, Math.max(range.min, given))
    : initial;
}
