// The functions of the compiled scan (scan.wat), which describes them. Addresses are bytes.
import { z } from 'zod';
import { exportedFunction } from '../wasm-module.ts';

type ScoreAll = (
  rows: number,
  scales: number,
  count: number,
  query: number,
  width: number,
  scores: number,
) => void;
type ScoreOne = (row: number, scale: number, query: number, width: number) => number;
type Distances = (rows: number, count: number, query: number, width: number, distances: number) => void;
/** The width is a multiple of 16 numbers; one bit each goes to `signs`. Returns the scale. */
type Quantise = (from: number, width: number, row: number, signs: number) => number;

export const scanSchema = z.object({
  scoreAll: exportedFunction<ScoreAll>(),
  scoreOne: exportedFunction<ScoreOne>(),
  distances: exportedFunction<Distances>(),
  quantise: exportedFunction<Quantise>(),
});
