// "Run it here": starts the run, shows how it goes, and says what the rule makes of it.
import { type BrowserDevice, findExperiment, type Size, type Verdict, verdicts } from '@offprint/lab/browser';
import { durationText, sentenceText } from '../../lab/shared/numbers.ts';
import { createLiveCurves } from './live-curves.ts';
import { decisionParts, element } from './run-parts.ts';
import { type FinishedRun, RunStopped, startRun } from './run-pool.ts';

export interface RunHereOptions {
  readonly number: number;
  readonly size: Size;
  /** Where the run is shown. */
  readonly place: HTMLElement;
  /** The form that started it: out of the way while it runs. */
  readonly start: HTMLFormElement;
}

/** Runs an experiment in this browser and shows it. Whatever goes wrong becomes one sentence. */
export async function runHere({ number, size, place, start }: RunHereOptions): Promise<void> {
  const button = start.querySelector('button');
  const line = element('p', 'run-line');
  const bar = document.createElement('progress');
  const stop = element('button', '', 'Stop');
  const said = element('p', 'unseen');
  const curvePlace = element('div', 'plots');
  said.setAttribute('role', 'status');
  bar.setAttribute('aria-label', 'How much of the run is done');
  stop.setAttribute('type', 'button');
  place.classList.add('run-place');
  place.replaceChildren(line, bar, stop, said, curvePlace);
  const show = (...parts: string[]): void =>
    line.replaceChildren(...parts.filter((part) => part !== '').map((part) => element('span', '', part)));
  const refuse = (sentence: string): void => {
    place.replaceChildren(element('p', 'problem', sentence));
    place.firstElementChild?.setAttribute('role', 'alert');
  };

  const problem = whyNot();
  const tried = findExperiment(number);
  if (problem !== undefined) return refuse(problem);
  if (tried === undefined) return refuse('This page is older than the site: load it again.');
  if (button) button.disabled = true;
  show('Loading the experiment…');
  const curves = createLiveCurves(curvePlace);
  let on = '';
  let units = 0;
  const run = startRun({
    number,
    size,
    device: chosenDevice(),
    onOpened: (opened) => {
      units = opened.units;
      on = `on ${opened.device === 'webgpu' ? 'WebGPU' : 'WebAssembly'}, ${opened.workers} ${opened.workers === 1 ? 'worker' : 'workers'}`;
      if (wantsWebGpu() && opened.device !== 'webgpu') on += ' (this browser offers no WebGPU)';
      curves.begin(opened.live);
      said.textContent = `Running ${on}.`;
      show(`Running ${on}`, `0 of ${units} runs`);
    },
    onPoints: curves.add,
    onPlots: curves.show,
    onProgress: ({ share, secondsLeft }, finished) => {
      bar.value = share;
      show(
        `Running ${on}`,
        `${finished} of ${units} runs`,
        `about ${durationText(Math.ceil(secondsLeft))} left`,
      );
    },
  });
  stop.addEventListener('click', run.stop);
  stop.focus();
  try {
    const finished = await run.finished;
    const decision = tried.claim.decide(finished.results);
    curves.end();
    place.replaceChildren(said, ...decisionParts({ decision, finished, on, stored: storedVerdict(place) }));
    said.textContent = `The run has finished: ${decision.verdict}. ${sentenceText(decision.sentence)}`;
    tellFailures(place, finished);
  } catch (error) {
    curves.end();
    if (error instanceof RunStopped) {
      bar.remove();
      stop.remove();
      show('Stopped. Nothing is kept of it.');
      said.textContent = 'The run was stopped.';
    } else refuse(error instanceof Error ? error.message : String(error));
  } finally {
    if (button) {
      button.disabled = false;
      button.textContent = 'Run it again';
      if (document.activeElement === document.body) button.focus({ preventScroll: true });
    }
  }
}

function tellFailures(place: HTMLElement, { failures }: FinishedRun): void {
  const [first] = failures;
  if (first === undefined) return;
  const more = failures.length === 1 ? '' : ` and ${failures.length - 1} more`;
  place.append(
    element(
      'p',
      'problem',
      `${first.sentence} So ${first.unit.arm}, seed ${first.unit.seed}${more} could not be run: what is decided is decided without.`,
    ),
  );
}

function whyNot(): string | undefined {
  if (typeof WebAssembly === 'undefined')
    return 'This browser has no WebAssembly, or it is turned off: run it from the terminal instead.';
  if (typeof Worker === 'undefined')
    return 'This browser starts no workers for this page: run it from the terminal instead.';
  return undefined;
}

const wantsWebGpu = (): boolean => new URLSearchParams(location.search).get('device') === 'webgpu';

/** WebAssembly, unless WebGPU is asked for in the address and there is an adapter. */
function chosenDevice(): BrowserDevice {
  if (!wantsWebGpu()) return 'wasm';
  const gpu: unknown = Reflect.get(navigator, 'gpu');
  return typeof gpu === 'object' && gpu !== null ? 'webgpu' : 'wasm';
}

function storedVerdict(place: HTMLElement): Verdict | undefined {
  return verdicts.find((verdict) => verdict === place.dataset.stored);
}
