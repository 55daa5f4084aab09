/**
 * One guard for every trader, which knows what it was told, what it hears now, and what was said lately: by everybody, since the
 * audience reads all rooms and would hear a line twice.
 */
import type { Persona } from '#core/content.ts';
import type { Decision } from '#core/decision.ts';
import type { Observation } from '#core/observation.ts';
import { INSTRUMENTS, type TraderId } from '#core/vocabulary.ts';
import { wordsOf } from '#lib/words.ts';
import { CopyGuard } from './copy-guard.ts';
import { LineGuard } from './line-guard.ts';

/** Lines and thoughts that are kept from coming again: each trader's own, and everybody's lines. Six rounds of four. */
const REMEMBERED = 24;

interface Known {
  copies: CopyGuard;
  own: string[];
}

export class TraderGuards {
  readonly #known: ReadonlyMap<TraderId, Known>;
  #said: string[] = [];

  /** @param told everything fixed that a trader was told, by trader */
  constructor(
    cast: readonly Persona[],
    rooms: readonly { name: string }[],
    told: ReadonlyMap<TraderId, string>,
  ) {
    const free = [...cast.map(({ name }) => name), ...rooms.map(({ name }) => name), ...INSTRUMENTS];
    this.#known = new Map(
      cast.map(({ id }) => [id, { copies: new CopyGuard([told.get(id) ?? ''], free), own: [] }]),
    );
  }

  /** Whether a whole line or thought holds a copy. */
  copies(observation: Observation, { speech, thought }: Pick<Decision, 'speech' | 'thought'>): boolean {
    const completesCopy = this.#copiesIn(observation);
    return [speech, thought].some((text) => {
      const words = wordsOf(text);
      return words.some((_, at) => completesCopy?.(words.slice(0, at + 1).join(' ')) === true);
    });
  }

  /** The guard for one turn. Several shows may play with one brain, and have turns of one trader at the same time. */
  for(observation: Observation): LineGuard | undefined {
    const completesCopy = this.#copiesIn(observation);
    return completesCopy && new LineGuard(completesCopy);
  }

  #copiesIn({ trader, headlines, company, ownLines }: Observation): ((text: string) => boolean) | undefined {
    const known = this.#known.get(trader);
    return known?.copies.for([
      ...headlines.map(({ text }) => text),
      ...company.flatMap(({ said }) => said ?? []),
      ...ownLines,
      ...known.own,
      ...this.#said,
    ]);
  }

  remember(trader: TraderId, { speech, thought }: Pick<Decision, 'speech' | 'thought'>): void {
    const own = this.#known.get(trader)?.own;
    own?.push(speech, thought);
    own?.splice(0, own.length - 2 * REMEMBERED);
    this.#said = [...this.#said, speech].slice(-REMEMBERED);
  }
}
