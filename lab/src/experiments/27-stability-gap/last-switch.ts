// The name of the curve that is drawn, apart from what makes it, so that a page loads no training.

/** The series of the accuracy on the last task but one, from its end on while the last one is learnt. */
export const lastSwitch = 'the task before';
