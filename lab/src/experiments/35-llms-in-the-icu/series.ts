// The names of the curves that a run reports, for those who report and those who draw them.

/** For each share of patients with an alarm, the share of deaths among them. */
export const recallByAlarmsSeries = 'recall by alarms';
/** By number of test patients, how often a test would tell the model from the bag of words. */
export const powerSeries = 'power';
