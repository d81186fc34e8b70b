// Whether a paper says of itself that it was withdrawn: arXiv has no field for it, only customs.

const inComment =
  /\b(?:has been|have been|was|is|being)\s+(?:temporarily\s+)?withdrawn\b|^\s*withdrawn\b|\bwithdrawn by\b/i;
const inAbstract =
  /^\s*(?:this|the)\s+(?:paper|submission|article|manuscript|preprint|work|note)\s+(?:has been|was|is)\s+(?:temporarily\s+)?withdrawn\b/i;

/** Reads the comment, and an abstract that consists of the notice. */
export function saysWithdrawn(comment: string | undefined, abstract: string | undefined): boolean {
  return (
    (comment !== undefined && inComment.test(comment)) ||
    (abstract !== undefined && inAbstract.test(abstract))
  );
}
