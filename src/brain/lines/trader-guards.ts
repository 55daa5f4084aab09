/**
 * One guard for every trader, which knows what it was told, what it hears now, and what was said lately: by everybody, since the
 * audience reads all rooms and would hear a line twice.
 */
import type { Persona } from '#core/content.ts';
import type { Decision } from '#core/decision.ts';
import type { Observation } from '#core/observation.ts';
import { whoIsHeard } from '#core/hearing/to-answer.ts';
import { INSTRUMENTS, type TraderId } from '#core/vocabulary.ts';
import { wordsOf } from '#lib/words.ts';
import { toldInConfidence } from '../prompts/prompt.ts';
import { ByFloor, ONE_FLOOR } from './by-floor.ts';
import { CopyGuard } from './copy-guard.ts';
import { LineGuard, type LineRules } from './line-guard.ts';
import { Openers } from './openers.ts';

/** Lines and thoughts that are kept from coming again: each trader's own, and everybody's lines. Six rounds of four. */
const REMEMBERED = 24;

/** What was said lately on one floor: by everybody, and by each trader with its thoughts. */
interface Said {
  all: string[];
  own: Map<TraderId, string[]>;
}

export class TraderGuards {
  readonly #known: ReadonlyMap<TraderId, CopyGuard>;
  readonly #openers: Openers;
  readonly #floors = new ByFloor<Said>();

  /** @param told everything fixed that a trader was told, by trader */
  constructor(
    cast: readonly Persona[],
    rooms: readonly { name: string }[],
    told: ReadonlyMap<TraderId, string>,
  ) {
    const free = [...cast.map(({ name }) => name), ...rooms.map(({ name }) => name), ...INSTRUMENTS];
    this.#openers = new Openers(cast, rooms);
    this.#known = new Map(cast.map(({ id }) => [id, new CopyGuard([told.get(id) ?? ''], free)]));
  }

  /** Whether a whole line or thought holds a copy. An answer in the words of the line is none: to ask again would cost more. */
  copies(
    observation: Observation,
    { speech, thought }: Pick<Decision, 'speech' | 'thought'>,
    floor = ONE_FLOOR,
  ): boolean {
    const completesCopy = this.#copiesIn(observation, floor);
    return [speech, thought].some((text) => {
      const words = wordsOf(text);
      return words.some((_, at) => completesCopy?.(words.slice(0, at + 1).join(' ')) === true);
    });
  }

  /** Whether too many lines of the floor began like this one. */
  isWornOut(line: string, floor = ONE_FLOOR): boolean {
    return this.#openers.isWornOut(line, floor);
  }

  /** Whether it begins as too many lines of the floor did, as far as it goes. */
  isWornOutSoFar(text: string, floor = ONE_FLOOR): boolean {
    return this.#openers.isWornOutSoFar(text, floor);
  }

  /**
   * The guard for one turn. Several shows may play with one brain, and have turns of one trader at the same time.
   * @param rules of this turn's strings
   */
  for(observation: Observation, floor = ONE_FLOOR, rules?: LineRules): LineGuard | undefined {
    const answered = whoIsHeard(observation.name, observation.company)?.said ?? '';
    const completesCopy = this.#copiesIn(observation, floor, answered);
    return completesCopy && new LineGuard(completesCopy, rules);
  }

  #copiesIn(
    observation: Observation,
    floor: string,
    answered?: string,
  ): ((text: string) => boolean) | undefined {
    const { trader, headlines, company, ownLines } = observation;
    const said = this.#floors.get(floor);
    return this.#known
      .get(trader)
      ?.for(
        [
          ...headlines.map(({ text }) => text),
          ...toldInConfidence(observation),
          ...company.flatMap((other) => other.said ?? []),
          ...ownLines,
          ...(said?.own.get(trader) ?? []),
          ...(said?.all ?? []),
        ],
        answered,
      );
  }

  remember(
    trader: TraderId,
    { speech, thought }: Pick<Decision, 'speech' | 'thought'>,
    floor = ONE_FLOOR,
  ): void {
    if (!this.#known.has(trader)) return;
    const said = this.#floors.get(floor) ?? { all: [], own: new Map<TraderId, string[]>() };
    const own = said.own.get(trader) ?? [];
    said.own.set(trader, [...own, speech, thought].slice(-2 * REMEMBERED));
    said.all = [...said.all, speech].slice(-REMEMBERED);
    this.#openers.remember(speech, floor);
    this.#floors.set(floor, said);
  }
}
