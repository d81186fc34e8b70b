// Why a result stands where it stands: the parts of its score as they were added.
import type { FusionPart, ScoreExplanation, TermExplanation } from '@offprint/search';
import { plainProse } from '../../maths/prose.ts';

export interface ExplanationTableProps {
  readonly explanation: ScoreExplanation;
  readonly score: number;
  readonly title: string;
}

const fusions: Readonly<Record<ScoreExplanation['fusion'], string>> = {
  weighted: 'Both rankings, each brought to the same scale, are added by their weights.',
  rrf: 'Both rankings are added by reciprocal ranks.',
  none: 'One ranking alone decides.',
};

export function ExplanationTable({ explanation, score, title }: ExplanationTableProps) {
  return (
    <details class="why" open>
      <summary>
        Why here<span class="unseen">: {plainProse(title, 120)}</span>
      </summary>
      <p>
        Score <strong>{figure(score)}</strong>. {fusions[explanation.fusion]}
      </p>
      {explanation.parts.length > 0 ? <Parts parts={explanation.parts} /> : null}
      {explanation.terms.length > 0 ? <Terms terms={explanation.terms} /> : null}
    </details>
  );
}

function Parts(props: { readonly parts: readonly FusionPart[] }) {
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">Ranked by</th>
          <th scope="col">Score</th>
          <th scope="col">Scaled</th>
          <th scope="col">× weight</th>
          <th scope="col">= part</th>
        </tr>
      </thead>
      <tbody>
        {props.parts.map((part) => (
          <tr>
            <th scope="row">{part.by}</th>
            <td>{part.raw === null ? 'not found' : figure(part.raw)}</td>
            <td>{figure(part.normalised)}</td>
            <td>{figure(part.weight)}</td>
            <td>{figure(part.contribution)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Terms(props: { readonly terms: readonly TermExplanation[] }) {
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">Word</th>
          <th scope="col">Papers</th>
          <th scope="col">Rarity</th>
          <th scope="col">Frequency</th>
          <th scope="col">= part</th>
        </tr>
      </thead>
      <tbody>
        {props.terms.map((term) => (
          <tr>
            <th scope="row">
              <bdi>{term.term}</bdi>
              {term.field === 'author' ? ' (author)' : ''}
            </th>
            <td>{term.documentFrequency.toLocaleString('en-US')}</td>
            <td>{figure(term.idf)}</td>
            <td>{figure(term.frequency)}</td>
            <td>{figure(term.contribution)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Three digits behind the point; what is smaller in scientific notation. */
function figure(value: number): string {
  return value !== 0 && Math.abs(value) < 0.0005 ? value.toExponential(1) : value.toFixed(3);
}
