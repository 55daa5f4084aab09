/** Worked turns of a persona, in the very words and form in which a model sees its turns and is to answer them. */
import type { Example, Office, Persona } from '#core/content.ts';
import type { Decision } from '#core/decision.ts';
import type { Observation } from '#core/observation.ts';
import { BPS, INSTRUMENTS } from '#core/vocabulary.ts';
import type { KeyOrder } from '#show/ports/brain.ts';
import { examplesFromBanks } from './bank-examples.ts';
import { turnText } from './prompt.ts';

export interface WorkedTurn {
  /** As `turnText` tells it. */
  sees: string;
  /** Compact JSON, its keys in the order in which they are generated. */
  does: string;
}

const EQUITY_CENTS = 1_000_000;
const ROUNDS_LEFT = 12;

/** Examples that need somebody who is not in the cast are left out. */
export function workedTurns(
  persona: Persona,
  { cast, office }: { cast: readonly Persona[]; office: Office },
  keyOrder: KeyOrder,
): WorkedTurn[] {
  const examples = persona.examples ?? examplesFromBanks(persona, cast);
  return examples
    .filter(({ sees }) => sees.company.every(({ trader }) => cast.some(({ id }) => id === trader)))
    .map((example) => ({
      sees: turnText(observationOf(example, persona, cast, office)),
      does: answerText(decisionOf(example, office), keyOrder),
    }));
}

/** As the engine's skeleton writes it. */
export function answerText(decision: Decision, keyOrder: KeyOrder): string {
  return JSON.stringify(Object.fromEntries(keyOrder.map((key) => [key, decision[key]])));
}

function decisionOf({ does }: Example, office: Office): Decision {
  const { goesTo, ...rest } = does;
  return { ...rest, location: roomName(office, goesTo) };
}

const roomName = (office: Office, id: string): string =>
  office.rooms.find((room) => room.id === id)?.name ?? id;

const bps = (percent: number): number => Math.round(percent * (BPS / 100));

function observationOf(
  { sees }: Example,
  { id, name }: Persona,
  cast: readonly Persona[],
  office: Office,
): Observation {
  return {
    trader: id,
    name,
    round: 0,
    phase: 'episode',
    standing: 'trading',
    roundsLeft: ROUNDS_LEFT,
    room: sees.room,
    roomName: roomName(office, sees.room),
    rooms: office.rooms.map((room) => ({ id: room.id, name: room.name })),
    headlines:
      sees.news === undefined
        ? []
        : [{ text: sees.news, source: 'wire', names: null, tone: 'flat', round: 0 }],
    prices: INSTRUMENTS.map((instrument) => {
      const roundBps = bps(sees.market[instrument] ?? 0);
      return { instrument, priceCents: 10_000, roundBps, episodeBps: roundBps };
    }),
    equityCents: EQUITY_CENTS,
    gainBps: bps(sees.todayPercent),
    episodeGainBps: bps(sees.todayPercent),
    cashCents: EQUITY_CENTS,
    positions: sees.holds.map(({ instrument, share, gainPercent }) => ({
      instrument,
      side: share < 0 ? 'short' : 'long',
      valueCents: Math.round(Math.abs(share) * EQUITY_CENTS),
      gainBps: bps(gainPercent),
    })),
    ownTurns: [],
    ownLines: [],
    company: sees.company.map(({ trader, said }) => ({
      trader,
      name: cast.find((other) => other.id === trader)?.name ?? trader,
      said: said ?? null,
      unanswered: said !== undefined,
      justWalkedIn: false,
    })),
    justLeft: [],
  };
}
