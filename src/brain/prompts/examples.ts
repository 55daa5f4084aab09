/** Worked turns of a persona, in the very words and form in which a model sees its turns and is to answer them. */
import type { Example, Persona, Room } from '#core/content.ts';
import type { Decision } from '#core/decision.ts';
import type { Observation } from '#core/observation.ts';
import type { SeenFact } from '#core/memory/recall.ts';
import { moneyWords, percentWords } from '#core/memory/words.ts';
import { BPS, INSTRUMENTS, type TraderId } from '#core/vocabulary.ts';
import type { KeyOrder } from '#show/ports/brain.ts';
import { scriptedTurn } from '../scripted/scripted.ts';
import type { ShownTurn } from '../engine/template.ts';
import { turnText } from './prompt.ts';

const EQUITY_CENTS = 1_000_000;
const ROUNDS_LEFT = 12;

/** More of them are not measurably better (`npm run lines`), and every pass goes over them again. */
const SHOWN = 2;

/** Whom and what an example may name. */
export interface Floor {
  cast: readonly Persona[];
  rooms: readonly Pick<Room, 'id' | 'name'>[];
}

/**
 * What it sees as `turnText` tells it, what it does as compact JSON, keys in the order in which they are generated.
 * Two of its own examples, of those that need nobody who is not in the cast. Where fewer are left (all that a character card
 * shows may be said to one and the same trader), its phrase banks make the others.
 */
export function workedTurns(persona: Persona, floor: Floor, keyOrder: KeyOrder): ShownTurn[] {
  const own = (persona.examples ?? []).filter(({ sees }) =>
    castOf(sees).every((trader) => floor.cast.some(({ id }) => id === trader)),
  );
  const turns = mostDifferent(own).map(({ sees, does }): Turn => {
    const { goesTo, ...rest } = does;
    const decision: Decision = { ...rest, location: nameOf(floor.rooms, goesTo) };
    return { observation: observationOf(sees, persona, floor), decision };
  });
  if (turns.length < SHOWN) turns.push(...othersThan(turns, turnsFromBanks(persona, floor)));
  return turns.slice(0, SHOWN).map(({ observation, decision }) => ({
    sees: turnText(observation),
    does: answerText(decision, keyOrder),
  }));
}

/** First those that are least like what is there: alone or in company, and by the deal. A model takes one choice for the only one. */
function othersThan(there: readonly Turn[], made: readonly Turn[]): Turn[] {
  const likeness = (turn: Turn): number =>
    there.filter((other) => isAlone(other) === isAlone(turn)).length +
    there.filter(({ decision }) => decision.trade === turn.decision.trade).length;
  return made.toSorted((one, other) => likeness(one) - likeness(other));
}

const isAlone = ({ observation }: Turn): boolean => observation.company.length === 0;

/** One that is alone and one that remembers something, where there are such; then as the file has them. */
function mostDifferent(examples: readonly Example[]): Example[] {
  const first = [
    examples.find(({ sees }) => sees.company.length === 0),
    examples.find(({ sees }) => sees.remembers.length > 0),
  ];
  return [...new Set([...first, ...examples])].filter((it) => it !== undefined).slice(0, SHOWN);
}

/** The worked turns of everybody, by trader. */
export function allWorkedTurns(floor: Floor, keyOrder: KeyOrder): Map<TraderId, ShownTurn[]> {
  return new Map(floor.cast.map((persona) => [persona.id, workedTurns(persona, floor, keyOrder)]));
}

function castOf({ company, remembers }: Example['sees']): TraderId[] {
  return [
    ...company.map(({ trader }) => trader),
    ...remembers.flatMap(({ about, by }) => [about, by].filter((each) => each !== undefined)),
  ];
}

interface Turn {
  observation: Observation;
  decision: Decision;
}

/** A rising market in company, and a falling one alone, as the scripted brain plays them. */
function turnsFromBanks(persona: Persona, floor: Floor): Turn[] {
  const other = floor.cast.find(({ id }) => id !== persona.id);
  const at = { holds: [], todayPercent: 0, room: persona.homeRoom, remembers: [] };
  const company = other ? [{ trader: other.id, said: 'What are you buying today?' }] : [];
  const seen: Example['sees'][] = [
    { ...at, market: { Tech: 2.1, Crypto: -0.8 }, company },
    {
      ...at,
      market: { Crypto: -3.4, Bonds: 0.4 },
      company: [],
      holds: [{ instrument: 'Tech', share: 0.5, gainPercent: 0 }],
    },
  ];
  return seen.flatMap((sees) => {
    const observation = observationOf(sees, persona, floor);
    const tries = Array.from(
      { length: BANK_TRIES },
      (_, seed) => scriptedTurn(observation, floor.cast, seed).decision,
    );
    const decision = tries.find(({ speech }) => speech !== '') ?? tries[0];
    return decision ? [{ observation, decision }] : [];
  });
}

/** Until one of them has something to say. */
const BANK_TRIES = 20;

/** As the engine's skeleton writes it. */
function answerText(decision: Decision, keyOrder: KeyOrder): string {
  return JSON.stringify(Object.fromEntries(keyOrder.map((key) => [key, decision[key]])));
}

const nameOf = (named: readonly { id: string; name: string }[], id: string): string =>
  named.find((each) => each.id === id)?.name ?? id;

const bps = (percent: number): number => Math.round(percent * (BPS / 100));

function observationOf(sees: Example['sees'], { id, name }: Persona, { cast, rooms }: Floor): Observation {
  return {
    trader: id,
    name,
    round: 0,
    phase: 'episode',
    standing: 'trading',
    roundsLeft: ROUNDS_LEFT,
    room: sees.room,
    roomName: nameOf(rooms, sees.room),
    rooms: rooms.map((room) => ({ id: room.id, name: room.name })),
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
      name: nameOf(cast, trader),
      said: said ?? null,
      unanswered: said !== undefined,
      justWalkedIn: false,
    })),
    justLeft: [],
    facts: sees.remembers.map((fact) => factOf(fact, id, cast)),
  };
}

function factOf(
  { kind, about, by, instrument, dollars, percent, count, roundsAgo }: Remembered,
  me: TraderId,
  cast: readonly Persona[],
): SeenFact {
  const named = (trader: TraderId | undefined) =>
    trader === undefined ? null : { trader, name: nameOf(cast, trader) };
  return {
    kind,
    part: about === undefined ? 'all' : about === me ? 'me' : by === me ? 'mine' : 'they',
    about: named(about),
    by: named(by),
    instrument: instrument ?? null,
    amount: dollars === undefined ? null : moneyWords(dollars * 100),
    move: percent === undefined ? null : percentWords(bps(percent)),
    rose: (percent ?? 0) > 0,
    count: count ?? null,
    roundsAgo,
    fresh: true,
    toldAgo: null,
  };
}
type Remembered = Example['sees']['remembers'][number];
