// A text for language models.

export interface TextSet {
  /** The whole text; characters outside the common ones are kept. */
  readonly text: string;
}
