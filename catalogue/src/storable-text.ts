// Text as PostgreSQL can hold it.

/** The text without NUL, and with lone halves of surrogate pairs replaced: neither can be stored as UTF-8. */
export const storableText = (text: string): string => text.replaceAll('\0', '').toWellFormed();
