// What arXiv's two OAI-PMH formats say in the same words: everything but authors, dates and versions.
import { type PaperRecord, parseArxivId } from '@offprint/catalogue';
import { oneLine, paragraphs } from './plain-text.ts';
import { saysWithdrawn } from './withdrawn.ts';
import { childText, type XmlElement } from './xml-elements.ts';

/** Fields of a record that both formats share; `undefined` where the element is absent or empty. */
export interface ArxivFields {
  /** `undefined` when the id is not an arXiv id; then no record can be made. */
  readonly id: string | undefined;
  /** The id as it was written. */
  readonly idText: string;
  readonly isWithdrawn: boolean;
  readonly told: {
    readonly [K in
      | 'title'
      | 'abstract'
      | 'primaryCategory'
      | 'categories'
      | 'comment'
      | 'journalRef'
      | 'doi'
      | 'licence']: PaperRecord[K] | undefined;
  };
}

/** Reads the shared children of an `arXiv` or `arXivRaw` element. */
export function readArxivFields(metadata: XmlElement): ArxivFields {
  const optional = (name: string): string | undefined => {
    const text = childText(metadata, name);
    return text === undefined ? undefined : oneLine(text);
  };
  const idText = childText(metadata, 'id') ?? '';
  const categories = (childText(metadata, 'categories') ?? '').split(/\s+/).filter((name) => name !== '');
  const comment = optional('comments');
  const abstract = paragraphs(childText(metadata, 'abstract') ?? '');
  return {
    id: parseArxivId(idText)?.id,
    idText,
    isWithdrawn: saysWithdrawn(comment, abstract),
    told: {
      title: optional('title') ?? '',
      abstract: abstract === '' ? undefined : abstract,
      primaryCategory: categories[0],
      categories: categories.length === 0 ? undefined : categories,
      comment,
      journalRef: optional('journal-ref'),
      doi: optional('doi'),
      licence: optional('license'),
    },
  };
}
