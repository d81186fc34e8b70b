// The published loss curves, committed beside their licence in `lab/tables/loss-curves`.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { LossCurve } from '../data-sets/loss-curves.ts';
import { LabError } from '../lab-error.ts';
import { readNumberTable, tablesFolder } from './number-table.ts';

const sizesInMillions = [25, 100, 400] as const;

/** Smaller models first, the schedules of each by name. @throws LabError `missing-data`, `damaged-file` */
export async function readLossCurves(
  folder: string = join(tablesFolder, 'loss-curves'),
): Promise<readonly LossCurve[]> {
  const perSize = await Promise.all(
    sizesInMillions.map(async (millions) => {
      const files = await readdir(join(folder, `${millions}M`)).catch((cause: unknown) => {
        throw new LabError('missing-data', `${folder} is missing: check the project out again.`, { cause });
      });
      return Promise.all(
        files
          .filter((file) => file.endsWith('.csv'))
          .sort()
          .map((file) => readCurve(join(folder, `${millions}M`, file), millions, file.slice(0, -4))),
      );
    }),
  );
  return perSize.flat();
}

async function readCurve(path: string, millions: number, schedule: string): Promise<LossCurve> {
  const { columns } = await readNumberTable(path);
  const { step, loss } = columns;
  if (step === undefined || loss === undefined)
    throw new LabError('damaged-file', `${path} has no columns step and loss: check the project out again.`);
  return { millions, schedule, steps: [...step], losses: [...loss] };
}
