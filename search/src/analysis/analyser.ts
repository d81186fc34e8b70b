// What an analyser is: the one way in which documents, queries and highlights are cut into terms.

/** One term at one place of a text. Several terms may share a position: they are variants of the same word. */
export interface Token {
  /** What the index holds: lower case, stemmed. */
  readonly term: string;
  /** Counts words from 0, stop words included, so that phrases keep their gaps. */
  readonly position: number;
  /** Where the word stands in the text: UTF-16 code units, half open. */
  readonly start: number;
  readonly end: number;
  /** A second spelling at the same position (`finetun` beside `fine` + `tune`); not counted in a field's length. */
  readonly variant: boolean;
}

/** Receives the tokens of a text one by one; the arguments are the fields of a `Token`. */
export type TokenSink = (
  term: string,
  position: number,
  start: number,
  end: number,
  variant: boolean,
) => void;

export interface Analyser {
  /** Changes with every change of its output; an index built with another one is rebuilt. */
  readonly fingerprint: string;
  /** Prose: stop words dropped, words stemmed, LaTeX as words. */
  text(text: string): Token[];
  /** The same tokens in the same order without an object each: what an index builder calls. */
  eachToken(text: string, sink: TokenSink): void;
  /** Names of people: every word kept, not stemmed, accents folded. */
  name(text: string): Token[];
}
