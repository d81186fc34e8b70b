// The size of a drawing in its own units, which a page scales to the width there is.

/** Narrow, so that the words stay readable on a phone. */
export const plotWidth = 480;

/** Room for one letter of a tick's words at the largest size that a page writes them in, that of a phone. */
export const letterWidth = 7.2;

/** Of an upright drawing. */
export const uprightHeight = 290;

/** Around what is drawn: room for the axes' words. */
export const margins = { top: 26, right: 16, bottom: 44, left: 54 } as const;
