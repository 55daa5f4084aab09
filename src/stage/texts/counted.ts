/** What the texts of all languages need to put numbers into words. */

/** What a refusal tells: limits, times, names. */
export type Facts = Record<string, string | number>;

/** `1 Order`, `12 Orders`; `count` is already formatted, and may be bold or have a sign: `**1** Order`, `+1 Order`. */
export const counted = (count: string | number, one: string, many: string): string =>
  `${count} ${/^[*+−]*1\**$/u.test(String(count)) ? one : many}`;
