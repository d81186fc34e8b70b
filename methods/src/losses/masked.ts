// What stands for minus infinity under a mask: infinities make NaN gradients, this does not.

/** Far below every score, and finite in single precision. */
export const masked = -1e30;
