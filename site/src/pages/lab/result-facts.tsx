// Under which circumstances a result came about: what is needed to believe it and to repeat it.
import type { StoredResult } from '@offprint/lab';
import { durationText, memoryText } from '../../lab/shared/numbers.ts';
import { Fact } from '../fact.tsx';
import { shortDate, utcDay } from '../format.ts';

export function ResultFacts(props: { readonly result: StoredResult; readonly number: number }) {
  const { result } = props;
  const arms = new Set(result.runs.map(({ arm }) => arm)).size;
  const seeds = new Set(result.runs.map(({ seed }) => seed)).size;
  const { machine } = result;
  const number = String(props.number);
  return (
    <details class="result-facts">
      <summary>How it was run, and the numbers to take away</summary>
      <dl class="rule">
        <Fact name="Run">
          <span>
            {result.size}: {arms} {arms === 1 ? 'arm' : 'arms'} × {seeds} {seeds === 1 ? 'seed' : 'seeds'}
          </span>
          <span>{shortDate(utcDay(result.finishedAt))}</span>
        </Fact>
        <Fact name="Time">
          <span>{durationText(result.wallSeconds)} by the clock</span>
          <span>{durationText(result.cpuSeconds)} of processor</span>
        </Fact>
        <Fact name="Machine">
          <span>{machine.processor}</span>
          <span>{machine.cores} cores</span>
          <span>{memoryText(machine.memoryBytes)}</span>
          <span>{machine.platform}</span>
          <span>computed on {machine.device}</span>
        </Fact>
        <Fact name="Versions">
          {Object.entries(result.versions).map(([name, version]) => (
            <span>
              {name} {version}
            </span>
          ))}
          <span>
            code <code>{result.code.slice(0, 12)}</code>
          </span>
        </Fact>
        <Fact name="Numbers">
          <a href={`/api/lab/${number}`} download={`${result.id}.json`}>
            result.json
          </a>
        </Fact>
        <Fact name="Again">
          <code>npx offprint lab run {number} --full</code>
        </Fact>
      </dl>
    </details>
  );
}
