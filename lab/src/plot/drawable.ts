// What the drawing of every kind of mark shares: its parts in Observable Plot, and where a number can stand.
import type { Markish } from '@observablehq/plot';
import { hasPlace } from './frame.ts';
import type { Axis, Mark } from './plot.ts';

/** Something that Observable Plot draws. */
export type Drawable = Markish;

/** The marks of one kind. */
export type Of<Kind extends Mark['kind']> = Extract<Mark, { readonly kind: Kind }>;

/** A number where it can be drawn; NaN, which Observable Plot leaves out, where not. */
export const placed = (axis: Axis, value: number | undefined): number =>
  hasPlace(axis, value) ? value : Number.NaN;
