/**
 * What a trader may know and a member may see. Every line and every thought of the simulated brain carries a mark, so that
 * whoever repeats one is found out.
 */
import type { Observation } from '#core/observation.ts';
import { must } from './violation.ts';

const LINE = /\bsaid(\d+)by([a-z]+)\b/giu;
const THOUGHT = /\bmused(\d+)by([a-z]+)\b/giu;
/** A Discord id: members, channels, webhooks. */
const SNOWFLAKE = /\d{17,20}/u;

export const lineMark = (round: number, trader: string): string => `said${round}by${trader}`;
export const thoughtMark = (round: number, trader: string): string => `mused${round}by${trader}`;

export const linesIn = (text: string): string[] => [...text.matchAll(LINE)].map(([mark]) => mark);
export const thoughtsIn = (text: string): string[] => [...text.matchAll(THOUGHT)].map(([mark]) => mark);

export class SecretChecks {
  /** Who was in the room when a line was said. */
  readonly #heardBy = new Map<string, ReadonlySet<string>>();
  readonly #leaked = new Set<string>();

  said(mark: string, heardBy: Iterable<string>): void {
    this.#heardBy.set(mark, new Set(heardBy));
  }

  /** A thought that the show itself reads out. */
  leaked(text: string): void {
    for (const mark of thoughtsIn(text)) this.#leaked.add(mark);
  }

  /** What a brain is about to be told. */
  prompt(seen: Observation, prompt: string): void {
    const told = `${JSON.stringify(seen)}\n${prompt}`;
    must(!SNOWFLAKE.test(told), 'no prompt with an id of Discord', () => told);
    for (const mark of thoughtsIn(told))
      must(
        mark.endsWith(`by${seen.trader}`) || this.#leaked.has(mark),
        "no prompt with another's thought",
        () => `${seen.trader} reads ${mark} in round ${seen.round}`,
      );
    for (const mark of linesIn(told))
      must(
        this.#heardBy.get(mark)?.has(seen.trader) !== false,
        'no prompt with a line from another room',
        () => `${seen.trader} reads ${mark} in round ${seen.round}`,
      );
  }

  /** What members get to see, anywhere. */
  shown(where: string, text: string): void {
    for (const mark of thoughtsIn(text))
      must(this.#leaked.has(mark), 'no thought where it does not belong', () => `${where} shows ${mark}`);
  }
}
