import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { builtCode, runExperiment } from '@offprint/lab';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { claim } from '../lab/src/template/00-momentum/claim.ts';
import { experiment } from '../lab/src/template/00-momentum/experiment.ts';
import { buildLab } from './build-lab.ts';

const root = join(import.meta.dirname, '..');
let folder: string;
let source: string;
let to: string;

/** A copy of the template at the depth of an experiment, so that its imports lead where they should. */
beforeEach(() => {
  mkdirSync(join(root, '.cache'), { recursive: true });
  folder = mkdtempSync(join(root, '.cache', 'build-lab-'));
  for (const shared of ['experiment', 'plot', 'data-sets', 'lab-error.ts'])
    cpSync(join(root, 'lab', 'src', shared), join(folder, 'src', shared), { recursive: true });
  source = join(folder, 'src', 'experiments', '00-momentum');
  cpSync(join(root, 'lab', 'src', 'template', '00-momentum'), source, { recursive: true });
  to = join(folder, 'built');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const build = async (): Promise<string> => {
  await buildLab({ from: join(folder, 'src', 'experiments'), to });
  return (await builtCode('00-momentum', to)).code;
};

const change = (file: string, edit: (text: string) => string): void => {
  const path = join(source, file);
  const before = readFileSync(path, 'utf8');
  const after = edit(before);
  if (before === after) throw new Error(`Nothing in ${file} changed.`);
  writeFileSync(path, after);
};

describe('the fingerprint of an experiment', () => {
  it('does not change with comments, formatting, unused code, names of local things, or captions in plots.ts', async () => {
    const before = await build();
    change('experiment.ts', (text) => `// Another word.\n${text.replaceAll('\n', '\n\n')}`);
    expect(await build()).toBe(before);
    change('experiment.ts', (text) => `${text}\nexport const unused = (x: number): number => x * 77;\n`);
    expect(await build()).toBe(before);
    change('experiment.ts', (text) => text.replaceAll('stepped', 'afterwards'));
    expect(await build()).toBe(before);
    change('plots.ts', (text) => text.replace('Mean over seeds', 'Means over all seeds'));
    expect(await build()).toBe(before);
  });

  it('changes with what is computed and with the rule', async () => {
    const before = await build();
    change('experiment.ts', (text) => text.replace('dimensions = 50', 'dimensions = 51'));
    const computed = await build();
    expect(computed).not.toBe(before);
    change('claim.ts', (text) => text.replace('differences.length < 2', 'differences.length < 3'));
    expect(await build()).not.toBe(computed);
  });

  it('is not given out when a source has changed since', async () => {
    await build();
    change('experiment.ts', (text) => `${text}\n// Later.\n`);
    await expect(builtCode('00-momentum', to)).rejects.toMatchObject({
      code: 'not-built',
      message: expect.stringMatching(/older than .*experiment\.ts: run "npm run build"/),
    });
  });

  it('is missed in a sentence where nothing was built', async () => {
    await expect(builtCode('00-momentum', to)).rejects.toThrow(
      'The experiment 00-momentum is not built: run "npm run build".',
    );
    await build();
    await expect(builtCode('99-none', to)).rejects.toMatchObject({ code: 'not-built' });
  });
});

describe('a bundle', () => {
  it('runs, and measures what the sources measure', async () => {
    await build();
    const code = await builtCode('00-momentum', to);
    const ran = { experiment, claim, size: 'smoke', parallel: 1 } as const;
    const bundled = await runExperiment({ ...ran, code, workFolder: join(folder, 'bundled') });
    const module = new URL('../lab/src/template/00-momentum/experiment.ts', import.meta.url).href;
    const sources = await runExperiment({
      ...ran,
      code: { ...code, module },
      workFolder: join(folder, 'sources'),
    });
    expect(bundled.result.runs.map(({ metrics }) => metrics)).toEqual(
      sources.result.runs.map(({ metrics }) => metrics),
    );
    expect(bundled.result.decision.findings).toHaveLength(1);
  });

  it('of an experiment that is gone goes too', async () => {
    await build();
    expect(existsSync(join(to, '00-momentum.js'))).toBe(true);
    rmSync(source, { recursive: true });
    await buildLab({ from: join(folder, 'src', 'experiments'), to });
    expect(existsSync(join(to, '00-momentum.js'))).toBe(false);
  });
});
