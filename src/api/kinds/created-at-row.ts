import type { TypedObject } from './define-kind.ts';

/** The cells of kinds without columns of their own: the name and when it was created. */
export const createdAtRow = ({ metadata }: TypedObject): string[] => [metadata.name ?? '', metadata.creationTimestamp ?? ''];
