// Turns documents into a segment: cuts them into terms and keeps their names.
import type { Analyser } from '../analysis/analyser.ts';
import type { SearchDocument } from '../document.ts';
import { ByteWriter } from './byte-writer.ts';
import { Occurrences } from './occurrences.ts';
import { authorScoring, type Scoring } from './scoring.ts';
import { composeSegment, type Segment } from './segment.ts';

/** Between two names: no phrase reaches from one into the next. */
const nameGap = 64;

/** Collects documents; `build` makes the segment. One builder makes one segment. */
export class SegmentBuilder {
  private readonly analyser: Analyser;
  private readonly scoring: Scoring;
  private readonly text = new Occurrences();
  private readonly author = new Occurrences();
  private readonly names = new ByteWriter();
  private readonly nameStarts: number[] = [0];

  constructor(analyser: Analyser, scoring: Scoring) {
    this.analyser = analyser;
    this.scoring = scoring;
  }

  /** How many occurrences wait to be sorted: what the memory of building grows with. */
  get occurrences(): number {
    return this.text.count + this.author.count;
  }

  get documents(): number {
    return this.text.lengths.length;
  }

  add(document: SearchDocument): void {
    this.text.startDocument();
    const { titleWeight, abstractWeight } = this.scoring;
    this.text.lengths.push(
      titleWeight * this.addProse(document.title, true) +
        abstractWeight * this.addProse(document.abstract, false),
    );
    this.author.startDocument();
    this.author.lengths.push(this.addNames(document.authors));
    const names = Buffer.from(document.authors.map((name) => name.replaceAll('\n', ' ')).join('\n'));
    this.names.copy(names, 0, names.length);
    this.nameStarts.push(this.names.length);
  }

  /** @returns how many words count for the length: variants do not. */
  private addProse(text: string, inTitle: boolean): number {
    let length = 0;
    this.analyser.eachToken(text, (term, position, start, end, variant) => {
      if (this.text.add(term, position, inTitle, text, start, end) && !variant) length += 1;
    });
    return length;
  }

  private addNames(names: readonly string[]): number {
    let length = 0;
    let shift = 0;
    for (const name of names) {
      let last = 0;
      for (const { term, position, start, end, variant } of this.analyser.name(name)) {
        if (!this.author.add(term, position + shift, false, name, start, end)) return length;
        if (!variant) length += 1;
        last = position;
      }
      shift += last + nameGap;
    }
    return length;
  }

  /** @param ordinals the index-wide numbers of the documents, in the order in which they were added. */
  build(ordinals: Uint32Array): Segment {
    return composeSegment(
      this.analyser.fingerprint,
      { ordinals, nameStarts: Uint32Array.from(this.nameStarts), names: this.names.written() },
      this.text.write(this.scoring),
      this.author.write(authorScoring(this.scoring)),
    );
  }
}
