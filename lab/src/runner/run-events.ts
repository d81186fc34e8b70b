// What a run tells while it goes on.

import type { Estimate } from './estimate.ts';
import type { Unit } from './unit.ts';

export type RunEvent =
  /** The plan is known: how many units there are, how many were finished by an earlier session. */
  | { readonly kind: 'planned'; readonly units: number; readonly finished: number; readonly parallel: number }
  | { readonly kind: 'unit-started'; readonly unit: Unit; readonly whole: Estimate }
  | { readonly kind: 'progress'; readonly unit: Unit; readonly share: number; readonly whole: Estimate }
  | {
      readonly kind: 'point';
      readonly unit: Unit;
      readonly series: string;
      readonly x: number;
      readonly y: number;
    }
  | {
      readonly kind: 'unit-finished';
      readonly unit: Unit;
      readonly seconds: number;
      readonly whole: Estimate;
    }
  | { readonly kind: 'unit-failed'; readonly unit: Unit; readonly message: string; readonly whole: Estimate };
