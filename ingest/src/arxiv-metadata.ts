// arXiv, the OAI-PMH format with names taken apart: its metadata as a paper record.

import { acceptRecord, type Parsed, refusal } from './accept-record.ts';
import { readArxivFields } from './arxiv-fields.ts';
import { isoInstant } from './instants.ts';
import { decodeLatexAccents } from './latex-accents.ts';
import { oneLine } from './plain-text.ts';
import { childrenNamed, childText, type XmlElement } from './xml-elements.ts';

function readAuthor(element: XmlElement): { name: string; affiliation?: string } | undefined {
  const part = (name: string) => oneLine(decodeLatexAccents(childText(element, name) ?? ''));
  const name = [part('forenames'), part('keyname')].filter((text) => text !== '').join(' ');
  // "The X Collaboration:" arrives with its colon as an author of its own.
  if (/^[\s:;,.-]*$/.test(name)) return undefined;
  const suffix = part('suffix');
  const affiliation = childrenNamed(element, 'affiliation')
    .map((text) => oneLine(decodeLatexAccents(text.text)))
    .filter((text) => text !== '')
    .join('; ');
  return {
    name: suffix === '' ? name : `${name}, ${suffix}`,
    ...(affiliation === '' ? {} : { affiliation }),
  };
}

/** An `arXiv` metadata element as a record, or why it cannot be one. Its dates have no time of day: midnight UTC. */
export function readArxivMetadata(metadata: XmlElement): Parsed {
  const { id, idText, isWithdrawn, told } = readArxivFields(metadata);
  if (id === undefined) return refusal(idText || 'a record', 'its id is not an arXiv id');
  const list = metadata.children.find((child) => child.name === 'authors');
  const authors =
    list === undefined ? [] : childrenNamed(list, 'author').flatMap((author) => readAuthor(author) ?? []);
  const created = isoInstant(childText(metadata, 'created') ?? '');
  return acceptRecord(
    {
      id,
      ...told,
      authors: authors.length === 0 ? undefined : authors,
      publishedAt: created,
      updatedAt: isoInstant(childText(metadata, 'updated') ?? '') ?? created,
      withdrawn: isWithdrawn ? true : undefined,
    },
    id,
  );
}
