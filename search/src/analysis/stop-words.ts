// Words that say nothing about what a text is about: they are not indexed, but phrases keep their place.

/** Lower case, as folded: without apostrophes. */
export const stopWords: ReadonlySet<string> = new Set(
  (
    'a an and are as at be been but by can do does for from had has have he her his how i if in into is it its ' +
    'me my no not of on or our she so such than that the their them then there these they this those to was ' +
    'we were what when where which while who whom why will with you your us am being did these itself ' +
    'ourselves themselves dont doesnt cannot cant isnt arent eg ie et al etc via'
  ).split(' '),
);
