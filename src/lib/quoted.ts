/** Longer texts than this are nobody's slip of the pen: their beginning says which one it is. */
const SHOWN = 60;

/** What somebody gave, to be named in a complaint: in quotes, on one line, cut where it is long. */
export function quoted(text: string): string {
  const characters = Array.from(text);
  if (characters.length <= SHOWN) return JSON.stringify(text);
  return `${JSON.stringify(`${characters.slice(0, SHOWN).join('')}…`)} (${characters.length} characters)`;
}
