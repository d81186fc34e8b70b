// `lab run`: a run with a bar, a live line, and at the end what was found.
import { join } from 'node:path';
import {
  findingsTable,
  metricTable,
  type RunEvent,
  readableNumber,
  readableSeconds,
  renderResult,
  runTried,
} from '@offprint/lab';
import type { Size, Tried } from '@offprint/lab/browser';
import { startProgress } from '../progress.ts';
import type { Settings } from '../settings.ts';
import { clip, wrap } from '../terminal-text.ts';
import { fitTable } from './fit-table.ts';

export interface RunFlags {
  readonly size: Size;
  readonly seeds: number | undefined;
  readonly parallel: number | undefined;
  readonly again: boolean;
  readonly json: boolean;
}

/** @throws LabError as `runTried` does */
export async function runTriedExperiment(
  tried: Tried,
  flags: RunFlags,
  settings: Settings,
  signal: AbortSignal,
): Promise<void> {
  const { live } = await tried.loadExperiment();
  const progress = startProgress(`${tried.claim.paper.name} (${flags.size})`, (runs) => runs.toFixed(1));
  let units = 0;
  let latest = '';
  const onEvent = (event: RunEvent): void => {
    if (event.kind === 'planned') {
      units = event.units;
      if (event.finished > 0)
        process.stderr.write(
          `${event.finished} of ${event.units} runs were finished before; going on from there.\n`,
        );
    } else if (event.kind === 'point') {
      if (live === undefined || event.series === live.series)
        latest = `; ${clip(event.unit.arm, 24)}, seed ${event.unit.seed}: ${clip(event.series, 20)} ${readableNumber(event.y)} at ${readableNumber(event.x)}`;
    } else {
      if (event.kind === 'unit-failed')
        process.stderr.write(
          `The arm "${event.unit.arm}" failed under seed ${event.unit.seed}: ${event.message}\n`,
        );
      const { share, secondsLeft } = event.whole;
      progress.update(share * units, units, `runs, about ${readableSeconds(secondsLeft)} left${latest}`);
    }
  };
  try {
    const { result, written, asPlanned } = await runTried(tried, {
      size: flags.size,
      workFolder: join(settings.dataFolder, 'lab'),
      again: flags.again,
      signal,
      onEvent,
      ...(flags.seeds === undefined ? {} : { seeds: flags.seeds }),
      ...(flags.parallel === undefined ? {} : { parallel: flags.parallel }),
    });
    progress.stop();
    if (flags.json) {
      process.stdout.write(renderResult(result));
      return;
    }
    const { verdict, sentence, findings } = result.decision;
    process.stdout.write(
      [
        fitTable(metricTable(result)),
        '',
        fitTable(findingsTable(findings)),
        '',
        wrap(`By the rule, at this size${asPlanned ? '' : ' and with these seeds'}: ${verdict}. ${sentence}`),
        `Report and plots: ${written.report}`,
        ...(written.result === undefined ? [] : [`The verdict on the paper's page: ${written.result}`]),
        '',
      ].join('\n'),
    );
  } finally {
    progress.stop();
  }
}
