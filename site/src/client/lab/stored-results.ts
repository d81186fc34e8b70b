// The results of the full run, as this site's API tells them.
import type { Metrics, Results, RunResult, Series } from '@offprint/lab/browser';

/** @returns undefined before the first full run, or when the site cannot be reached: a live page draws without them */
export async function storedResults(number: number): Promise<Results | undefined> {
  try {
    const response = await fetch(`/api/lab/${number}`);
    return response.ok ? resultsOf(await response.json()) : undefined;
  } catch {
    return undefined;
  }
}

function resultsOf(body: unknown): Results | undefined {
  const size = field(body, 'size');
  if (size !== 'smoke' && size !== 'short' && size !== 'full') return undefined;
  return {
    size,
    runs: list(field(body, 'runs')).map(
      (run): RunResult => ({
        arm: String(field(run, 'arm')),
        seed: Number(field(run, 'seed')),
        metrics: metricsOf(field(run, 'metrics')),
      }),
    ),
    series: list(field(body, 'series')).map(
      (series): Series => ({
        arm: String(field(series, 'arm')),
        seed: Number(field(series, 'seed')),
        name: String(field(series, 'name')),
        // The words for numbers that JSON has not, such as "NaN", are what Number reads.
        x: list(field(series, 'x')).map(Number),
        y: list(field(series, 'y')).map(Number),
      }),
    ),
  };
}

const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const metricsOf = (value: unknown): Metrics =>
  Object.fromEntries(
    typeof value === 'object' && value !== null
      ? Object.entries(value).map(([name, measured]) => [name, Number(measured)])
      : [],
  );
