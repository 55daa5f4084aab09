/** What the texts of all languages need to put numbers into words. */

/** What a refusal tells: limits, times, names. */
export type Facts = Record<string, string | number>;

/** `1 Order`, `12 Orders`; `count` is already formatted. */
export const counted = (count: string | number, one: string, many: string): string =>
  `${count} ${String(count) === '1' ? one : many}`;
