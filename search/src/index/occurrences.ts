// Every occurrence of every term of some documents, sorted by term in one counting sort.
import { compareTexts } from './byte-order.ts';
import { WordWriter } from './byte-writer.ts';
import { DictionaryWriter } from './dictionary-writer.ts';
import { writePosition } from './position-code.ts';
import { PostingsWriter } from './postings-writer.ts';
import type { Scoring } from './scoring.ts';
import { averageLength, type WrittenField } from './segment.ts';

/** Words of one document that are looked at, and as many of its authors' names; what stands behind them is not found. */
export const longestDocument = 32_767;

/** Spellings longer than this are not remembered. */
const longestSurface = 64;

/** Counts the occurrences of one vocabulary. */
export class Occurrences {
  readonly lengths: number[] = [];
  private readonly ids = new Map<string, number>();
  private readonly surfaces: string[] = [];
  private readonly votes: number[] = [];
  private readonly terms = new WordWriter(4096);
  /** `position · 2`, and 1 more outside the title. */
  private readonly places = new WordWriter(4096);
  private readonly documentStarts = new WordWriter(64);

  get count(): number {
    return this.terms.length;
  }

  startDocument(): void {
    this.documentStarts.push(this.terms.length);
  }

  /** Adds one word where it stands. @returns false when the document has as many as are looked at. */
  add(term: string, position: number, inTitle: boolean, text: string, start: number, end: number): boolean {
    const taken = this.terms.length - this.documentStarts.at(this.documentStarts.length - 1);
    if (taken === longestDocument) return false;
    const known = this.ids.get(term);
    const id = known ?? this.idOf(term.toWellFormed(), surfaceOf(term, text, start, end));
    if (known !== undefined && inTitle) this.vote(id, surfaceOf(term, text, start, end));
    this.terms.push(id);
    this.places.push(position * 2 + (inTitle ? 0 : 1));
    return true;
  }

  private idOf(term: string, surface: string): number {
    const known = this.ids.get(term);
    if (known !== undefined) return known;
    const id = this.ids.size;
    this.ids.set(term, id);
    this.surfaces.push(surface);
    this.votes.push(1);
    return id;
  }

  /** Majority vote of Boyer and Moore over the spellings in titles: one candidate and one counter a term. */
  private vote(id: number, surface: string): void {
    const votes = this.votes[id] ?? 0;
    if (this.surfaces[id] === surface) this.votes[id] = votes + 1;
    else if (votes > 0) this.votes[id] = votes - 1;
    else {
      this.surfaces[id] = surface;
      this.votes[id] = 1;
    }
  }

  write(scoring: Scoring): WrittenField {
    const lengths = Float32Array.from(this.lengths);
    const postings = new PostingsWriter({ lengths, average: averageLength(lengths) }, scoring);
    const terms = new DictionaryWriter();
    const starts = this.termStarts();
    const { documents, places } = this.sortedByTerm(starts);
    const encoder = new TextEncoder();
    for (const [term, id] of [...this.ids].sort((a, b) => compareTexts(a[0], b[0]))) {
      writeTerm(postings, documents, places, starts[id] ?? 0, starts[id + 1] ?? 0);
      const bytes = encoder.encode(term);
      const surface = this.surfaces[id] ?? term;
      terms.add(bytes, postings.finish(), surface === term ? bytes : encoder.encode(surface));
    }
    return { terms, postings, lengths };
  }

  private termStarts(): Uint32Array {
    const starts = new Uint32Array(this.ids.size + 1);
    for (const term of this.terms.written()) starts[term + 1] = (starts[term + 1] ?? 0) + 1;
    for (let i = 1; i < starts.length; i += 1) starts[i] = (starts[i] ?? 0) + (starts[i - 1] ?? 0);
    return starts;
  }

  private sortedByTerm(starts: Uint32Array): { documents: Uint32Array; places: Uint32Array } {
    const next = starts.slice();
    const documents = new Uint32Array(this.terms.length);
    const places = new Uint32Array(this.terms.length);
    const bounds = this.documentStarts.written();
    for (let document = 0; document < bounds.length; document += 1) {
      const end = bounds[document + 1] ?? this.terms.length;
      for (let i = bounds[document] ?? 0; i < end; i += 1) {
        const term = this.terms.at(i);
        const target = next[term] ?? 0;
        next[term] = target + 1;
        documents[target] = document;
        places[target] = this.places.at(i);
      }
    }
    return { documents, places };
  }
}

/** Writes the postings of one term from its occurrences, ascending by document and field. */
function writeTerm(
  postings: PostingsWriter,
  documents: Uint32Array,
  places: Uint32Array,
  start: number,
  end: number,
): void {
  for (let from = start; from < end; ) {
    const document = documents[from] ?? 0;
    let to = from + 1;
    while (to < end && documents[to] === document) to += 1;
    let titles = 0;
    for (let i = from; i < to; i += 1) if (((places[i] ?? 0) & 1) === 0) titles += 1;
    ensureAscending(places, from, from + titles);
    ensureAscending(places, from + titles, to);
    postings.begin(document, titles, to - from - titles);
    let last = 0;
    for (let i = from; i < to; i += 1) {
      if (i === from + titles) last = 0;
      const position = (places[i] ?? 0) >>> 1;
      writePosition(postings.positions, position - last);
      last = position;
    }
    from = to;
  }
}

/** An analyser may tell the variants of a word after the words that follow it. */
function ensureAscending(places: Uint32Array, from: number, to: number): void {
  for (let i = from + 1; i < to; i += 1) {
    if ((places[i] ?? 0) < (places[i - 1] ?? 0)) {
      places.subarray(from, to).sort();
      return;
    }
  }
}

function surfaceOf(term: string, text: string, start: number, end: number): string {
  const surface = text.slice(start, end).toLowerCase();
  return surface.length <= longestSurface && surface.isWellFormed() ? surface : term.toWellFormed();
}
