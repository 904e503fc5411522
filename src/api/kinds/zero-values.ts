/** What stands where a required structure was left out: as Go's decoder leaves it, with nothing in it. */
export const orEmpty = <T>(value: T | undefined): T => value ?? ({} as T);

/** Without the keys whose value is undefined, so that they do not count as present. */
export function compact<T extends object>(object: T): T {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as T;
}
