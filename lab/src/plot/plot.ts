// A plot as data: what the server draws into a report and the page draws again when a control moves.

export interface Axis {
  readonly label: string;
  /** `linear` when left out. `category` for bars. */
  readonly scale?: 'linear' | 'log' | 'category';
  readonly domain?: readonly [number, number];
}

/** What is drawn, in this order. Marks of one name share a colour and an entry in the legend. */
export type Mark =
  | {
      readonly kind: 'line';
      readonly name: string;
      readonly x: readonly number[];
      readonly y: readonly number[];
      /** A model's curve beside measured ones, or a baseline. */
      readonly dashed?: boolean;
      /** Single seeds behind their mean. */
      readonly faint?: boolean;
    }
  | {
      readonly kind: 'band';
      readonly name: string;
      readonly x: readonly number[];
      readonly low: readonly number[];
      readonly high: readonly number[];
    }
  | {
      readonly kind: 'dots';
      readonly name: string;
      readonly x: readonly number[];
      readonly y: readonly number[];
      /** Ends of intervals. */
      readonly low?: readonly number[];
      readonly high?: readonly number[];
    }
  | {
      readonly kind: 'bars';
      readonly name: string;
      readonly x: readonly string[];
      readonly y: readonly number[];
      readonly low?: readonly number[];
      readonly high?: readonly number[];
    }
  | { readonly kind: 'rule'; readonly axis: 'x' | 'y'; readonly at: number; readonly label?: string }
  | {
      readonly kind: 'cells';
      readonly name: string;
      readonly x: readonly number[];
      readonly y: readonly number[];
      readonly value: readonly number[];
    };

export interface Plot {
  readonly title: string;
  /** What is to be seen in it, in one or two sentences: the caption, and what a screen reader says. */
  readonly caption: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly marks: readonly Mark[];
}
