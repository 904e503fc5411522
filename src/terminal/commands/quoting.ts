/** As coreutils' quote(): typographic marks in a UTF-8 locale. */
export const quote = (text: string): string => `‘${text.replaceAll("'", "\\'")}’`;

/** As coreutils' quoteaf(): always quoted, so that a shell would read it back. */
export const shellQuote = (text: string): string =>
  text.includes("'") && !/["$`\\!]/.test(text) ? `"${text}"` : `'${text.replaceAll("'", "'\\''")}'`;

/** As coreutils' quotef(): quoted only where a shell would need it. */
export const quoteIfNeeded = (text: string): string => (text !== '' && /^[\w./:,+@%^=~-][\w./:,+@%^=~#-]*$/u.test(text) ? text : shellQuote(text));
