// The arms of paper 24 by name, and which of them the rule asks about.

/** R of the cells with full plans; 1 repeats nothing. */
export const repeatsTried = [1, 40, 200, 1000] as const;

/**
 * Where the damage was largest under a seed that is not reported, judged on a part of the text that is not the test's;
 * fixed before the first run that counts.
 */
export const worstRepeats = 200;

export const mostRepeats = 1000;

/** The model that the mixtures are tried on, and the smaller ones that make the ruler. */
export const width = 48;
export const rulerWidths = [16, 32] as const;

export const deletedArm = 'slice deleted';

export function repeatsArm(repeats: number): string {
  return `R = ${repeats}`;
}

/** A smaller model without repetition. */
export function rulerArm(ofWidth: number): string {
  return `R = 1, width ${ofWidth}`;
}
