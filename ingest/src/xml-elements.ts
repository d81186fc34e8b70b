// XML read as a stream of small trees: the elements one asks for, one at a time, and never the whole document.
import { OffprintError } from '@offprint/catalogue';
import { SaxesParser } from 'saxes';
import { InterruptedReply } from './interrupted-reply.ts';
import { decodeXmlBytes } from './xml-bytes.ts';

/** An element with everything in it. Names are local names; `text` holds all text within, in order. */
export interface XmlElement {
  readonly name: string;
  readonly namespace: string;
  /** By local name; the last one wins where two namespaces share it. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

export interface XmlLimits {
  /** Characters of the whole document. */
  readonly documentChars: number;
  /** Characters of one element that is handed out, markup included. */
  readonly elementChars: number;
  /** Elements within one element that is handed out. */
  readonly elementsWithin: number;
  readonly depth: number;
}

/** A page of a thousand records with three thousand authors each passes; an attack does not. */
export const defaultXmlLimits: XmlLimits = {
  documentChars: 256 * 1024 * 1024,
  elementChars: 2 * 1024 * 1024,
  elementsWithin: 100_000,
  depth: 64,
};

export interface ReadXmlOptions {
  /** Local names of the elements to hand out; one inside another stays inside it. */
  readonly names: ReadonlySet<string>;
  /** Local names the root element may have; any other document is refused as something else. */
  readonly roots: ReadonlySet<string>;
  /** The transport's charset. */
  readonly charset?: string | undefined;
  readonly limits?: Partial<XmlLimits>;
}

interface OpenElement {
  readonly name: string;
  readonly namespace: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: XmlElement[];
  readonly texts: string[];
}

const refuse = (what: string): never => {
  throw new OffprintError(
    'upstream',
    `The reply was refused because it ${what}; tell the source's operator.`,
  );
};

/**
 * Reads a document and hands out the named elements in document order, as they close.
 *
 * A document type declaration with declarations of its own (entities, the way to "billion laughs") is refused;
 * nothing outside the document is ever fetched. Memory is bounded by one element and by `limits`.
 *
 * @throws InterruptedReply when the document ends before its root element does.
 * @throws OffprintError `upstream` when it is not well-formed, beyond a limit, or in an encoding not read here.
 */
export async function* readXmlElements(
  bytes: AsyncIterable<Uint8Array>,
  options: ReadXmlOptions,
): AsyncGenerator<XmlElement> {
  const limits = { ...defaultXmlLimits, ...options.limits };
  const parser = new SaxesParser({ xmlns: true });
  const path: string[] = [];
  const open: OpenElement[] = [];
  const ready: XmlElement[] = [];
  let openedAt = 0;
  let within = 0;
  let rootSeen = false;
  let lastEventAt = 0;

  parser.on('error', (error) => {
    throw new OffprintError(
      'upstream',
      `The reply is not well-formed XML (${error.message}); try again later.`,
      {
        cause: error,
      },
    );
  });
  parser.on('doctype', (declaration) => {
    if (declaration.includes('[') || /<!|%/.test(declaration))
      refuse('declares a document type with entities of its own');
  });
  parser.on('opentag', (tag) => {
    lastEventAt = parser.position;
    if (!rootSeen && !options.roots.has(tag.local))
      refuse(`begins with <${tag.local.slice(0, 40)}>, not with <${[...options.roots].join('> or <')}>`);
    rootSeen = true;
    path.push(tag.local);
    if (path.length > limits.depth) refuse(`nests elements deeper than ${limits.depth}`);
    if (open.length === 0 && !options.names.has(tag.local)) return;
    if (open.length === 0) {
      openedAt = parser.position;
      within = 0;
    }
    within += 1;
    if (within > limits.elementsWithin)
      refuse(`has more than ${limits.elementsWithin} elements in one ${open[0]?.name ?? tag.local}`);
    const attributes = new Map<string, string>();
    for (const attribute of Object.values(tag.attributes)) attributes.set(attribute.local, attribute.value);
    open.push({ name: tag.local, namespace: tag.uri, attributes, children: [], texts: [] });
  });
  const addText = (text: string) => {
    lastEventAt = parser.position;
    for (const element of open) element.texts.push(text);
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', () => {
    lastEventAt = parser.position;
    path.pop();
    const closed = open.pop();
    if (closed === undefined) return;
    const { texts, ...rest } = closed;
    const element: XmlElement = { ...rest, text: texts.join('') };
    const parent = open.at(-1);
    if (parent === undefined) ready.push(element);
    else parent.children.push(element);
  });

  for await (const text of decodeXmlBytes(bytes, options.charset)) {
    parser.write(text);
    if (parser.position > limits.documentChars) refuse(`is longer than ${limits.documentChars} characters`);
    if (open.length > 0 && parser.position - openedAt > limits.elementChars)
      refuse(`holds a ${open[0]?.name} longer than ${limits.elementChars} characters`);
    if (parser.position - lastEventAt > limits.elementChars)
      refuse(`holds a token longer than ${limits.elementChars} characters`);
    yield* ready.splice(0);
  }
  if (path.length > 0) {
    throw new InterruptedReply(
      `The reply breaks off inside <${path.at(-1)}> at line ${parser.line}; it will be asked for again.`,
    );
  }
  if (!rootSeen)
    throw new InterruptedReply('The reply is empty where XML was expected; it will be asked for again.');
  parser.close();
  yield* ready.splice(0);
}

/** The text of the first child of that name, trimmed, or `undefined` when there is none or it is blank. */
export function childText(element: XmlElement, name: string): string | undefined {
  const text = element.children.find((child) => child.name === name)?.text.trim();
  return text === '' ? undefined : text;
}

/** All children of that name. */
export function childrenNamed(element: XmlElement, name: string): readonly XmlElement[] {
  return element.children.filter((child) => child.name === name);
}
