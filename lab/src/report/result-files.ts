// Where results lie: those of full runs beside their experiments, every run's own in its work folder.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Claim } from '../experiment/claim.ts';
import { LabError } from '../lab-error.ts';
import type { Plot } from '../plot/plot.ts';
import { plotSvg } from './plot-svg.ts';
import { type DrawnPlot, renderReport } from './render-report.ts';
import { parseResult, renderResult, type StoredResult } from './stored-result.ts';
import { writeWhole } from './write-whole.ts';

/** The experiments' folders, from `lab/src/report` and `lab/dist/report` alike. */
const experimentsFolder = join(import.meta.dirname, '..', '..', 'src', 'experiments');

/** The file that an experiment's verdict comes from. */
export function resultFile(id: string): string {
  return join(experimentsFolder, id, 'result.json');
}

/**
 * The result that an experiment's verdict comes from; undefined before its first full run.
 * @throws LabError `damaged-file`
 */
export async function readResult(id: string): Promise<StoredResult | undefined> {
  let text: string;
  try {
    text = await readFile(resultFile(id), 'utf8');
  } catch {
    return undefined;
  }
  try {
    return parseResult(text);
  } catch (cause) {
    throw cause instanceof LabError
      ? new LabError(cause.code, `${id}/result.json: ${cause.message}`, { cause })
      : cause;
  }
}

export interface WrittenRun {
  /** The report as Markdown. */
  readonly report: string;
  /** The experiment's `result.json`, where this run was one that it may come from. */
  readonly result: string | undefined;
}

/**
 * Writes a run's result, plots and report into its folder, each whole or not at all; and the experiment's `result.json`
 * when all was run as planned at full size.
 * @throws LabError `unwritable`
 */
export async function writeRun(options: {
  readonly folder: string;
  readonly claim: Claim;
  readonly result: StoredResult;
  readonly plots: readonly Plot[];
  /** Whether arms and seeds are exactly the plan's. */
  readonly asPlanned: boolean;
  /** Where a full result goes. */
  readonly fullResultFile?: string;
}): Promise<WrittenRun> {
  const { folder, claim, result, plots, asPlanned } = options;
  const drawn: DrawnPlot[] = [];
  for (const [i, plot] of plots.entries()) {
    const file = `plot-${i + 1}.svg`;
    await writeWhole(join(folder, file), plotSvg(plot));
    drawn.push({ title: plot.title, caption: plot.caption, file });
  }
  const report = join(folder, 'report.md');
  await writeWhole(join(folder, 'result.json'), renderResult(result));
  await writeWhole(report, renderReport(claim, result, drawn));
  if (result.size !== 'full' || !asPlanned) return { report, result: undefined };
  const full = options.fullResultFile ?? resultFile(result.id);
  await writeWhole(full, renderResult(result));
  return { report, result: full };
}
