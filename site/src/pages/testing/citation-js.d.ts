// The part of citation.js that the citation tests use; it ships no types of its own.
declare module '@citation-js/core' {
  export interface CitedItem {
    readonly title?: string;
    readonly author?: readonly {
      readonly family?: string;
      readonly given?: string;
      readonly literal?: string;
    }[];
    readonly [field: string]: unknown;
  }
  export class Cite {
    constructor(data: string);
    readonly data: readonly CitedItem[];
  }
}
declare module '@citation-js/plugin-bibtex' {}
declare module '@citation-js/plugin-ris' {}
