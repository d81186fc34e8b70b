// The numbers that a rule looked at, with what it asked of them.
import { estimateText, intervalText, type ShownFinding } from '../../lab/shared/findings.ts';
import { sentenceText } from '../../lab/shared/numbers.ts';

export function FindingsTable(props: {
  readonly findings: readonly ShownFinding[];
  readonly caption: string;
}) {
  return (
    <section class="scroll" tabindex={0} aria-label={props.caption}>
      <table class="findings">
        <caption>{props.caption}</caption>
        <thead>
          <tr>
            <th scope="col">What</th>
            <th scope="col">Found</th>
            <th scope="col">Interval</th>
            <th scope="col">The rule asks</th>
            <th scope="col">Holds</th>
          </tr>
        </thead>
        <tbody>
          {props.findings.map((finding) => (
            <tr>
              <th scope="row">{finding.name}</th>
              <td class="number">{estimateText(finding)}</td>
              <td class="number">{intervalText(finding) ?? '–'}</td>
              <td>{sentenceText(finding.criterion ?? 'nothing: it informs')}</td>
              <td>{finding.holds === undefined ? '–' : finding.holds ? 'yes' : 'no'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
