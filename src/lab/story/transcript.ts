/** A played show as far as its story is judged: what was said and done, and what happened that everybody could know. */
import type { Persona } from '#core/content.ts';
import { knows, type Fact, type FactKind } from '#core/memory/fact.ts';
import { tells } from '#core/memory/telling.ts';
import type { SeenBond } from '#core/memory/bonds.ts';
import type { Size, Trade, TraderId } from '#core/vocabulary.ts';

export const PUBLIC_KINDS = [
  'marginCall',
  'bankruptcy',
  'comeback',
  'chaos',
  'lead',
] as const satisfies FactKind[];
export type PublicKind = (typeof PUBLIC_KINDS)[number];

/** What happened, and when: an event of the show, not of anybody's memory. */
export interface PublicEvent {
  kind: PublicKind;
  round: number;
  /** Whom it befell; null: everybody. */
  about: TraderId | null;
  /** The former leader. */
  by: TraderId | null;
}

export interface StoryTurn {
  round: number;
  trader: TraderId;
  heardBy: readonly TraderId[];
  /** Empty: silence. */
  speech: string;
  trade: Trade;
  size: Size;
  /** The market is open and the trader may deal. */
  mayTrade: boolean;
  /** Something was bought or sold. */
  dealt: boolean;
  /** The smallest order of the turn as a share of equity, 0 to 1; null where nothing was dealt. */
  smallestOrder: number | null;
  /** Fees of the turn as a share of equity. */
  fees: number;
  episode: number;
  /** What the line tells of what its speaker may know: the kind, and how many rounds ago it was. */
  told: readonly { kind: FactKind; roundsAgo: number }[];
  /** For a line that was made from a fact: that fact. */
  source: (Pick<PublicEvent, 'about' | 'by'> & { kind: FactKind; round: number }) | null;
  /** Feuds and alliances of the speaker. */
  bonds: readonly Pick<SeenBond, 'trader' | 'kind' | 'way'>[];
  /** The line that waited for this one, with who said it. */
  waiting: { name: string; text: string } | null;
}

export interface StoryShow {
  turns: readonly StoryTurn[];
  events: readonly PublicEvent[];
  episodes: number;
}

/** What a line tells of the facts that its speaker knows. */
export function toldFacts(
  line: { speaker: TraderId; text: string; heardBy: readonly TraderId[]; round: number },
  facts: readonly Fact[],
  cast: readonly Persona[],
): StoryTurn['told'] {
  return facts
    .filter((fact) => knows(fact, line.speaker) && tells(line, fact, cast))
    .map(({ kind, round }) => ({ kind, roundsAgo: line.round - round }));
}
