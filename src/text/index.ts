import { en, type Text } from './en.ts';
import { ko } from './ko.ts';

export type { Text } from './en.ts';
export { type Josa, josa } from './josa.ts';

/** The languages there are; adding one is a file and a line here. */
export const texts = { en, ko } satisfies Record<string, Text>;
