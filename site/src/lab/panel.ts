// What a paper's panel shows, read and drawn: the stored result, the live page for the values of an address, the notes.
import type { DataSetName, DataSets, Experiment, LivePage, Plot, Results } from '@offprint/lab/browser';
import type { SiteDependencies } from '../site-dependencies.ts';
import { isLabError, type Lab } from './lab.ts';
import { notesHtml } from './notes.ts';
import { type SentValues, sentValues } from './shared/control-values.ts';
import { findTrial, labOf, type Trial } from './trial.ts';

/** A live page as it is drawn for some values. */
export interface DrawnPage {
  readonly page: LivePage;
  readonly values: Readonly<Record<string, unknown>>;
  /** Figures of HTML. */
  readonly figures: readonly string[];
  /** Why nothing is drawn, when nothing is. */
  readonly problem: string | undefined;
}

export interface Panel {
  readonly trial: Trial;
  readonly plans: Experiment['plans'];
  readonly data: readonly DataSetName[];
  /** Figures of HTML of the stored result, the most telling first. */
  readonly figures: readonly string[];
  readonly live: DrawnPage;
  /** What was found, as HTML. */
  readonly notes: string | undefined;
}

/**
 * Reads the panel of a paper.
 *
 * @param sent the address's parameters, from which the live page takes its values
 * @returns undefined for a paper that nothing tries
 */
export async function readPanel(
  deps: SiteDependencies,
  paperId: string,
  sent: SentValues,
): Promise<Panel | undefined> {
  const [lab, trial] = await Promise.all([labOf(deps), findTrial(deps, paperId)]);
  if (trial === undefined) return undefined;
  const { tried, result } = trial;
  const [room, experiment, page, notes] = await Promise.all([
    import('@offprint/lab'),
    tried.loadExperiment(),
    tried.loadPage(),
    lab.readNotes(tried.id),
  ]);
  const results = result === undefined ? undefined : room.resultsOf(result);
  return {
    trial,
    plans: experiment.plans,
    data: experiment.data,
    figures: results === undefined ? [] : storedFigures(experiment, results, room.plotFigure),
    live: await drawPage(lab, page, results, sentValues(page.controls, sent), room.plotFigure),
    notes: notes === undefined || notes.trim() === '' ? undefined : notesHtml(notes),
  };
}

/** A result that older code wrote may lack what a plot asks for: then there are no plots, and the page stays whole. */
function storedFigures(experiment: Experiment, results: Results, draw: (plot: Plot) => string): string[] {
  try {
    return experiment.plots(results).map(draw);
  } catch {
    return [];
  }
}

async function drawPage(
  lab: Lab,
  page: LivePage,
  results: Results | undefined,
  values: Readonly<Record<string, unknown>>,
  draw: (plot: Plot) => string,
): Promise<DrawnPage> {
  try {
    const sets: Partial<Record<DataSetName, DataSets[DataSetName]>> = {};
    for (const name of page.data) sets[name] = await keptDataSet(lab, name);
    // Each set stands under its own name, which the types cannot follow through a loop.
    const figures = page.draw(values, results, sets as Partial<DataSets>).map(draw);
    return { page, values, figures, problem: undefined };
  } catch (error) {
    const problem = isLabError(error)
      ? error.message
      : 'This cannot be drawn with these values: go back to the beginning.';
    return { page, values, figures: [], problem };
  }
}

const kept = new WeakMap<Lab, Map<DataSetName, Promise<DataSets[DataSetName]>>>();

/** Live pages read small sets only; each is read once. One that is missing is looked for again. */
function keptDataSet(lab: Lab, name: DataSetName): Promise<DataSets[DataSetName]> {
  const sets = kept.get(lab) ?? new Map<DataSetName, Promise<DataSets[DataSetName]>>();
  kept.set(lab, sets);
  const known = sets.get(name);
  if (known !== undefined) return known;
  const reading = lab.readDataSet(name);
  sets.set(name, reading);
  reading.catch(() => sets.delete(name));
  return reading;
}
