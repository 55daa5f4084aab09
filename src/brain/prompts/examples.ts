/** Worked turns of a persona, in the very words and form in which a model sees its turns and is to answer them. */
import type { Example, Persona, Room } from '#core/content.ts';
import type { Decision } from '#core/decision.ts';
import type { Observation } from '#core/observation.ts';
import type { SeenFact } from '#core/memory/recall.ts';
import { moneyWords, percentWords } from '#core/memory/words.ts';
import { BPS, INSTRUMENTS, type TraderId } from '#core/vocabulary.ts';
import { maskedWords, wordsOf } from '#lib/words.ts';
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
  return turnsOf(persona, floor, new Set()).map((turn) => shownTurn(turn, keyOrder));
}

/** The worked turns of everybody, by trader. No two are shown the same line, as far as their phrase banks have others. */
export function allWorkedTurns(floor: Floor, keyOrder: KeyOrder): Map<TraderId, ShownTurn[]> {
  const said = new Set<string>();
  return new Map(
    floor.cast.map((persona) => {
      const turns = turnsOf(persona, floor, said);
      for (const turn of turns) said.add(lineOf(turn));
      return [persona.id, turns.map((turn) => shownTurn(turn, keyOrder))];
    }),
  );
}

const shownTurn = ({ observation, decision }: Turn, keyOrder: KeyOrder): ShownTurn => ({
  sees: turnText(observation),
  does: answerText(decision, keyOrder),
});

/** What is said, to whomever. */
function lineOf({ observation, decision }: Turn): string {
  const names = new Set(observation.company.flatMap(({ name }) => wordsOf(name)));
  return maskedWords(decision.speech, names).join(' ');
}

/** @param said lines that others are shown, as `lineOf` has them */
function turnsOf(persona: Persona, floor: Floor, said: ReadonlySet<string>): readonly Turn[] {
  const own = (persona.examples ?? []).filter(({ sees }) =>
    castOf(sees).every((trader) => floor.cast.some(({ id }) => id === trader)),
  );
  const turns = mostDifferent(own).map(({ sees, does }): Turn => {
    const { goesTo, ...rest } = does;
    const decision: Decision = { ...rest, location: nameOf(floor.rooms, goesTo) };
    return { observation: observationOf(sees, persona, floor), decision };
  });
  return turns.length < SHOWN ? withBanks(turns, persona, floor, said) : turns;
}

/** One that is alone and one that remembers something, where there are such; then as the file has them. */
function mostDifferent(examples: readonly Example[]): Example[] {
  const first = [
    examples.find(({ sees }) => sees.company.length === 0),
    examples.find(({ sees }) => sees.remembers.length > 0),
  ];
  return [...new Set([...first, ...examples])].filter((it) => it !== undefined).slice(0, SHOWN);
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

/** What is there, and of the turns that the phrase banks make those that go with it best. */
function withBanks(
  there: readonly Turn[],
  persona: Persona,
  floor: Floor,
  said: ReadonlySet<string>,
): readonly Turn[] {
  const [rising, falling] = turnsFromBanks(persona, floor);
  const sets =
    there.length > 0
      ? [...rising, ...falling].map((turn) => [...there, turn])
      : rising.flatMap((one) => falling.map((other) => [one, other]));
  return best(sets, (turns) => worthShowing(turns, said)) ?? there;
}

/**
 * How well turns show what a persona does: it speaks in each, alone and in company, deals otherwise each time, because a model takes
 * one choice for the only one, and says what nobody else says. What comes first weighs more than all behind it.
 */
function worthShowing(turns: readonly Turn[], said: ReadonlySet<string>): number {
  const kinds = (of: (turn: Turn) => string): number => new Set(turns.map(of)).size;
  const lines = new Set(turns.map(lineOf));
  return [
    turns.filter(({ decision }) => decision.speech !== '').length,
    kinds(({ observation }) => String(observation.company.length === 0)),
    kinds(({ decision }) => `${decision.trade} ${decision.size}`),
    lines.difference(said).size,
    kinds(({ decision }) => decision.trade) + kinds(({ decision }) => decision.size),
  ].reduce((worth, count) => worth * WEIGHT + count, 0);
}

/** More than anything that is counted. */
const WEIGHT = 2 * SHOWN + 1;

/** The first of equals. */
function best<T>(items: readonly T[], worth: (item: T) => number): T | undefined {
  let found: { item: T; worth: number } | undefined;
  for (const item of items) {
    const its = worth(item);
    if (!found || its > found.worth) found = { item, worth: its };
  }
  return found?.item;
}

/**
 * A rising market in company, and a falling one alone, in all the ways in which the scripted brain plays them in some tries. What
 * rises does so by enough for more than a small size.
 */
function turnsFromBanks(persona: Persona, floor: Floor): [rising: Turn[], falling: Turn[]] {
  const other = neighbour(persona, floor);
  const at = { holds: [], todayPercent: 0, room: persona.homeRoom, remembers: [] };
  const company = other ? [{ trader: other.id, said: 'What are you buying today?' }] : [];
  const played = (sees: Example['sees']): Turn[] => {
    const observation = observationOf(sees, persona, floor);
    const tries = Array.from(
      { length: BANK_TRIES },
      (_, seed) => scriptedTurn(observation, floor.cast, seed).decision,
    );
    const alike = Map.groupBy(tries, ({ trade, size, speech }) => `${trade} ${size} ${speech}`);
    return [...alike.values()].flatMap(([decision]) => (decision ? [{ observation, decision }] : []));
  };
  return [
    played({ ...at, market: { Tech: 4.6, Crypto: -0.8 }, company }),
    played({
      ...at,
      market: { Crypto: -3.4, Bonds: 0.4 },
      company: [],
      holds: [{ instrument: 'Tech', share: 0.5, gainPercent: 0 }],
    }),
  ];
}

/** The next of the cast, so that not everybody talks to the same one; undefined for one alone. */
function neighbour({ id }: Persona, { cast }: Floor): Persona | undefined {
  const own = cast.findIndex((each) => each.id === id);
  const next = cast[(own + 1) % cast.length];
  return next?.id === id ? undefined : next;
}

/** Enough of them for something to say that nobody else says, and for deals that differ. */
const BANK_TRIES = 60;

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
