/** Finds out what a model chooses when nothing speaks for anything. */
import type { Persona, Room } from '#core/content.ts';
import type { Observation } from '#core/observation.ts';
import { INSTRUMENTS, type Instrument } from '#core/vocabulary.ts';
import type { Choose } from '../engine/answer/choice.ts';
import { wayKey, type Habits } from './chooser.ts';

/** One situation, and what is thought and said in it: words that speak for nothing. */
export interface Neutral {
  observation: Observation;
  given: { thought: string; speech: string };
}

/** How a thought is begun in this situation; null for not at all. */
export type Look = (observation: Observation) => string | null;

/** Each instrument rises once and falls once, and each room is the own one once, so that what they speak for cancels out. */
const MOVES: readonly Partial<Record<Instrument, number>>[] = [
  {},
  { Tech: 150, Crypto: -150 },
  { Crypto: 150, Bonds: -150 },
  { Bonds: 150, Tech: -150 },
];
/** The same for thoughts that begin with what moved most, which each instrument is once as it rises and once as it falls. */
const MOVES_LOOKED_AT: typeof MOVES = [
  {},
  { Tech: 200, Crypto: -100 },
  { Crypto: 200, Bonds: -100 },
  { Bonds: 200, Tech: -100 },
  { Tech: -200, Crypto: 100 },
  { Crypto: -200, Bonds: 100 },
  { Bonds: -200, Tech: 100 },
];
const WORDS: readonly Neutral['given'][] = [
  { thought: 'Let me look at this first.', speech: 'We will see about that.' },
  { thought: 'It could go either way now.', speech: 'That is one way to see it.' },
  { thought: 'I know what I want to do.', speech: 'Well, that was to be expected.' },
  { thought: 'Nobody can tell what comes next.', speech: 'I have nothing to add to that.' },
];

/**
 * Alone, with cash and no news, in as many situations as there are moves; the rooms in turn.
 * @param look how thoughts are begun on stage, if they are
 */
export function neutralTurns(
  { id, name }: Persona,
  rooms: readonly Pick<Room, 'id' | 'name'>[],
  look?: Look,
): Neutral[] {
  const all = rooms.map((room) => ({ id: room.id, name: room.name }));
  return (look ? inEachRoomAsOften(MOVES_LOOKED_AT, all.length) : MOVES).flatMap((moves, index) => {
    const room = all[index % all.length];
    const given = WORDS[index % WORDS.length];
    if (!room || !given) return [];
    const observation: Observation = {
      trader: id,
      name,
      round: 1,
      phase: 'episode',
      standing: 'trading',
      roundsLeft: 12,
      room: room.id,
      roomName: room.name,
      rooms: all,
      headlines: [],
      prices: INSTRUMENTS.map((instrument) => ({
        instrument,
        priceCents: 10_000,
        roundBps: moves[instrument] ?? 0,
        episodeBps: moves[instrument] ?? 0,
      })),
      equityCents: 1_000_000,
      gainBps: 0,
      episodeGainBps: 0,
      cashCents: 1_000_000,
      positions: [],
      ownTurns: [],
      ownLines: [],
      company: [],
      justLeft: [],
    };
    const begun = look?.(observation) ?? '';
    return [{ observation, given: { ...given, thought: `${begun} ${given.thought}`.trim() } }];
  });
}

/** Nothing moves in the turns that are added. */
function inEachRoomAsOften(moves: typeof MOVES, rooms: number): typeof MOVES {
  const missing = (rooms - (moves.length % rooms)) % rooms;
  return [...Array.from({ length: missing }, () => ({})), ...moves];
}

/** Asks one question with this way to choose. */
export type Ask = (neutral: Neutral, choose: Choose) => Promise<unknown>;

/** The means over all neutral turns. Where values part more than once, every way is gone in turn. */
export async function measureHabits(turns: readonly Neutral[], ask: Ask): Promise<Habits> {
  const seen = new Map<string, Map<string, { sum: number; count: number; taken: number }>>();
  for (const turn of turns) {
    await ask(turn, (field, ways) => {
      const keys = seen.get(field) ?? new Map<string, { sum: number; count: number; taken: number }>();
      seen.set(field, keys);
      const tallies = ways.map((way) => {
        const tally = keys.get(wayKey(way)) ?? { sum: 0, count: 0, taken: 0 };
        keys.set(wayKey(way), tally);
        tally.sum += way.logProbability;
        tally.count++;
        return tally;
      });
      const least = tallies.reduce((one, other) => (other.taken < one.taken ? other : one));
      least.taken++;
      return tallies.indexOf(least);
    });
  }
  return Object.fromEntries(
    [...seen].map(([field, keys]) => [
      field,
      Object.fromEntries([...keys].map(([key, { sum, count }]) => [key, sum / count])),
    ]),
  );
}
