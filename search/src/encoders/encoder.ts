// What an encoder is: text in, unit vectors out, with a name and a fingerprint that keep indexes apart.

export interface Encoder {
  /** For people: `minilm`, `student`, … */
  readonly name: string;
  /** Differs whenever the vectors would; vectors of different fingerprints never meet in one index. */
  readonly fingerprint: string;
  readonly dimensions: number;
  /** Unit vectors, row by row: `texts.length × dimensions`. An empty text has a vector too. */
  encode(texts: readonly string[]): Promise<Float32Array>;
  close(): Promise<void>;
}

/** What of a paper is encoded. */
export function encodedText(paper: { readonly title: string; readonly abstract: string }): string {
  return `${paper.title}\n${paper.abstract}`.trim();
}
