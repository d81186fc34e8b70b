// The names of the arms in a word or two, where a plot has no room for more.

/** "replay, w = 0.3" becomes "w 0.3", "EWC, task known" becomes "EWC told". */
export function shortName(arm: string): string {
  return arm
    .replace('replay, w = ', 'w ')
    .replace('joint replay', 'joint')
    .replace('fine-tune', 'bare')
    .replace(', rate 0.1', ' fast')
    .replace(', task known', ' told')
    .replace(', rotated digits', ', turned')
    .replace(', first ones well learnt', ', well learnt');
}
