// Every experiment of the lab is complete, and its verdict is what its claim's rule says about what its current code measured.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readStarterRecords } from '@offprint/catalogue';
import {
  builtCode,
  plotSvg,
  readDataSet,
  readResult,
  renderResult,
  resultsOf,
  runExperiment,
  type StoredResult,
} from '@offprint/lab';
import { type DataSets, experiments, LabError, type Tried } from '@offprint/lab/browser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildLab } from './build-lab.ts';

const root = join(import.meta.dirname, '..');
const folder = 'lab/src/experiments';
const ids = readdirSync(join(root, folder), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort();

let workFolder: string;
beforeAll(async () => {
  workFolder = mkdtempSync(join(tmpdir(), 'offprint-smoke-'));
  await buildLab();
});
afterAll(() => rmSync(workFolder, { recursive: true, force: true }));

const git = (...args: string[]): string | undefined => {
  try {
    return execFileSync('git', args, {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return undefined;
  }
};
const hasHistory = git('rev-parse', '--is-shallow-repository') === 'false';

const triedOf = (id: string): Tried => {
  const tried = experiments.find((candidate) => candidate.id === id);
  if (tried === undefined) throw new Error(`${folder}/all.ts does not list ${id}.`);
  return tried;
};

const resultOf = async (id: string): Promise<StoredResult> => {
  const result = await readResult(id);
  if (result === undefined)
    throw new Error(`${id} has no result.json: run "offprint lab run ${Number.parseInt(id, 10)} --full".`);
  return result;
};

/** Why the experiment cannot run here; undefined where it can. */
async function missingData({ loadExperiment }: Tried): Promise<string | undefined> {
  for (const name of (await loadExperiment()).data)
    try {
      await readDataSet(name);
    } catch (error) {
      if (error instanceof LabError && error.code === 'missing-data') return error.message;
      throw error;
    }
  return undefined;
}

describe('the list of experiments', () => {
  it('has every folder once, in the order of the papers', () =>
    expect(experiments.map(({ id }) => id)).toEqual(ids));
});

describe.each(ids)('%s', (id) => {
  it('has its claim, experiment, page, README and result', () => {
    const files = ['claim.ts', 'experiment.ts', 'page.ts', 'README.md', 'result.json'];
    expect(files.filter((file) => !existsSync(join(root, folder, id, file)))).toEqual([]);
  });

  it('is of the paper that its number names', async () => {
    const { claim } = triedOf(id);
    expect(id.startsWith(`${String(claim.paper.number).padStart(2, '0')}-`)).toBe(true);
    const record = (await readStarterRecords())[claim.paper.number - 1];
    expect(record === undefined || record.id === claim.paper.id).toBe(true);
    expect((await triedOf(id).loadExperiment()).id).toBe(id);
  });

  it('says in words what it claims, when that is confirmed, when refuted, and at which scale', () => {
    const { statement, rule, scale } = triedOf(id).claim;
    for (const words of [statement, rule.confirmed, rule.refuted, scale])
      expect(words).toMatch(/^\S.{20,}\.$/s);
  });

  it('has a page that draws, without results too', async () => {
    const tried = triedOf(id);
    const page = await tried.loadPage();
    expect(Object.keys(page.controls).length).toBeLessThanOrEqual(2);
    const missing = await Promise.all(
      page.data.map((name) => readDataSet(name).then(() => undefined, String)),
    );
    if (missing.some((reason) => reason !== undefined)) return;
    const sets: Partial<DataSets> = Object.fromEntries(
      await Promise.all(page.data.map(async (name) => [name, await readDataSet(name)])),
    );
    const result = await readResult(id);
    for (const results of [undefined, ...(result === undefined ? [] : [resultsOf(result)])])
      expect(page.draw({}, results, sets).map(plotSvg).length).toBeGreaterThan(0);
  });

  it('has a result of its current code', async () => {
    const { code, size } = await resultOf(id);
    expect(size).toBe('full');
    expect(code, 'run it again at full size: its code has changed').toBe((await builtCode(id)).code);
  });

  it('ran every arm under every seed of its plan, once', async () => {
    const { arms, seeds } = (await triedOf(id).loadExperiment()).plans.full;
    const planned = arms.flatMap((arm) => Array.from({ length: seeds }, (_, i) => [arm, i + 1]));
    expect((await resultOf(id)).runs.map(({ arm, seed }) => [arm, seed])).toEqual(planned);
  });

  it('has the verdict that its rule gives', async () => {
    const result = await resultOf(id);
    const decision = triedOf(id).claim.decide(resultsOf(result));
    // As it would be written: what JSON cannot tell apart is the same.
    expect(
      renderResult({
        ...result,
        decision: structuredClone({ ...decision, findings: [...decision.findings] }),
      }),
    ).toBe(renderResult(result));
  });

  it.skipIf(!hasHistory)('stated its rule before its result', () => {
    const last = (file: string): string =>
      git('log', '-1', '--format=%H', '--', `${folder}/${id}/${file}`) ?? '';
    const [claim, result] = [last('claim.ts'), last('result.json')];
    // What is not committed yet has no history.
    if (claim === '' || result === '') return;
    expect(
      git('merge-base', '--is-ancestor', claim, result),
      'the claim was changed after the result',
    ).toBeDefined();
  });

  it('runs in seconds, measures the same to the last bit when it runs again, and can be drawn', {
    timeout: 300_000,
  }, async (context) => {
    const tried = triedOf(id);
    const missing = await missingData(tried);
    if (missing !== undefined) context.skip(missing);
    const experiment = await tried.loadExperiment();
    const run = () =>
      runExperiment({
        experiment,
        claim: tried.claim,
        code: {
          code: 'smoke',
          module: pathToFileURL(join(root, folder, id, 'experiment.ts')).href,
          versions: {},
        },
        size: 'smoke',
        parallel: 2,
        workFolder,
        again: true,
      });
    const { result } = await run();
    for (const { arm, metrics } of result.runs)
      expect(Object.keys(metrics).length, `the metrics of ${arm}`).toBeGreaterThan(0);
    expect(experiment.plots(resultsOf(result)).map(plotSvg).length).toBeGreaterThan(0);
    expect((await run()).result.runs.map(timeless)).toEqual(result.runs.map(timeless));
  });
});

/** What a run measured, without what it measured by the clock: such a metric has the unit in its name. */
function timeless({ arm, seed, metrics }: StoredResult['runs'][number]): unknown {
  const kept = Object.entries(metrics).filter(([name]) => !/seconds|\bms\b/.test(name));
  return { arm, seed, metrics: Object.fromEntries(kept) };
}

describe('what is committed', () => {
  it('of an experiment holds no result that is not one', () => {
    for (const id of ids) {
      const file = join(root, folder, id, 'result.json');
      if (existsSync(file)) expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ format: 1, id });
    }
  });
});
