// A live page that redraws at every movement of a control, by the experiment's own code.
import {
  type DataSetName,
  type DataSets,
  findExperiment,
  type LivePage,
  type Results,
  renderPlot,
} from '@offprint/lab/browser';
import { fromPlace, sentValues } from '../../lab/shared/control-values.ts';
import { valueText } from '../../lab/shared/numbers.ts';
import { addCurvePads } from './curve-pad.ts';
import { fetchDataSet } from './fetch-data-set.ts';
import { storedResults } from './stored-results.ts';

/** Loads what the page needs, then draws whenever a control moves. The form no longer has to be sent. */
export async function enliven(form: HTMLFormElement): Promise<void> {
  const number = Number(form.dataset.labControls);
  const tried = findExperiment(number);
  const part = form.closest('section');
  const figures = part?.querySelector('[data-lab-figures]');
  const said = part?.querySelector('[data-lab-said]');
  if (tried === undefined || !figures || !said) return;
  const stored = form.dataset.labStored === undefined ? undefined : storedResults(number);
  const [page, results] = await Promise.all([tried.loadPage(), stored]);
  const data = await dataSetsOf(page);

  const draw = (): void => {
    figures.innerHTML = drawn(page, form, results, data);
  };
  let due = false;
  const drawSoon = (): void => {
    showValues(form);
    if (due) return;
    due = true;
    requestAnimationFrame(() => {
      due = false;
      draw();
    });
  };
  form.addEventListener('input', drawSoon);
  form.addEventListener('change', () => {
    drawSoon();
    said.textContent = `Drawn again: ${captions(page, form, results, data)}`;
    keepInAddress(form);
  });
  form.addEventListener('submit', (event) => event.preventDefault());
  form.querySelector('[data-lab-reset]')?.addEventListener('click', (event) => {
    event.preventDefault();
    setInitial(page, form);
    drawSoon();
    history.replaceState(null, '', `${location.pathname}#try`);
    form.dispatchEvent(new Event('labreset'));
  });
  for (const button of form.querySelectorAll('button')) button.hidden = true;
  addCurvePads(form);
  drawSoon();
}

async function dataSetsOf(page: LivePage): Promise<Partial<DataSets>> {
  const sets = await Promise.all(
    page.data.map(
      async (name): Promise<[DataSetName, DataSets[DataSetName]]> => [name, await fetchDataSet(name)],
    ),
  );
  return Object.fromEntries(sets);
}

type Drawing = readonly [LivePage, HTMLFormElement, Results | undefined, Partial<DataSets>];

const plotsOf = (...[page, form, results, data]: Drawing) =>
  page.draw(sentValues(page.controls, new FormData(form)), results, data);

function drawn(...drawing: Drawing): string {
  try {
    return plotsOf(...drawing)
      .map((plot) => renderPlot(plot, document))
      .join('');
  } catch {
    return '<p class="notice">This cannot be drawn with these values: go back to the beginning.</p>';
  }
}

function captions(...drawing: Drawing): string {
  try {
    return plotsOf(...drawing)
      .map(({ title, caption }) => `${title}. ${caption}`)
      .join(' ');
  } catch {
    return 'nothing can be drawn with these values.';
  }
}

/** Each slider's value beside it, for the eye and for a screen reader. */
function showValues(form: HTMLFormElement): void {
  for (const slider of form.querySelectorAll<HTMLInputElement>('input[type="range"]')) {
    const log = slider.dataset.log !== undefined;
    const text = valueText(fromPlace({ log }, slider.valueAsNumber), slider.dataset.unit);
    slider.setAttribute('aria-valuetext', text);
    const output = slider.parentElement?.querySelector('output');
    if (output) output.value = text;
  }
}

function setInitial(page: LivePage, form: HTMLFormElement): void {
  for (const slider of form.querySelectorAll<HTMLInputElement>('input[type="range"]'))
    slider.value = slider.dataset.initial ?? slider.value;
  for (const [name, control] of Object.entries(page.controls)) {
    const input = form.elements.namedItem(`try-${name}`);
    if (control.kind === 'toggle' && input instanceof HTMLInputElement) input.checked = control.initial;
    if (control.kind === 'choice' && input instanceof HTMLSelectElement) input.value = control.initial;
  }
}

/** So that what is seen can be sent to somebody, or found again after going back. */
function keepInAddress(form: HTMLFormElement): void {
  const query = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (typeof value === 'string') query.append(name, value);
  const device = new URLSearchParams(location.search).get('device');
  if (device !== null) query.set('device', device);
  history.replaceState(null, '', `${location.pathname}?${query}#try`);
}
