/**
 * Who knows what: in mid-show, out of character and without effect, a trader is asked of a line of the last round whether it heard it
 * itself (belief), and whether somebody else could have (access). The room log says what is true. The question comes as news, and
 * is answered by a trade: one instrument means yes, another no, by chance keyed by world and turn, so that a fondness for one
 * answers nothing.
 */
import type { Prng } from '#core/chance/prng.ts';
import type { Content } from '#core/content.ts';
import type { Observation } from '#core/observation.ts';
import type { Line } from '#core/state.ts';
import { INSTRUMENTS, type Instrument, type Trade, type TraderId } from '#core/vocabulary.ts';
import type { Ask } from './player.ts';
import type { Testimony } from './records.ts';

export interface Question {
  /** The line that it is about. */
  fact: string;
  kind: Testimony['kind'];
  truth: boolean;
  yes: Instrument;
  no: Instrument;
  seen: Observation;
}

/** Both questions of one line; none where nothing can be asked that the trader's own view settles. */
export function quizOf({ observation, state, content }: Ask, chance: Prng): Question[] {
  const { trader, round } = observation;
  // Who has just walked in cannot tell who was here before. Of this round nobody knows which of two rooms was first.
  if (state.traders[trader]?.walkedInRound === round) return [];
  const lines = state.lines.filter((line) => line.round === round - 1 && line.speaker !== trader);
  const heard = lines.filter(
    (line) => line.heardBy.includes(trader) && observation.company.some(({ said }) => said === line.text),
  );
  const unheard = lines.filter((line) => !line.heardBy.includes(trader));
  const pool = heard.length === 0 || (unheard.length > 0 && chance.chance(5_000)) ? unheard : heard;
  if (pool.length === 0) return [];
  const line = chance.pick(pool);
  const others = content.cast.map(({ id }) => id).filter((id) => id !== trader && id !== line.speaker);
  const other = chance.pick(others.length === 0 ? [line.speaker] : others);
  const names = (id: TraderId): string => nameOf(id, content);
  const told = toldOf(line, trader, content);
  return [
    question(observation, chance, {
      fact: line.text,
      kind: 'belief',
      truth: line.heardBy.includes(trader),
      asked: `${told} Did you hear it?`,
    }),
    question(observation, chance, {
      fact: line.text,
      kind: 'access',
      truth: line.heardBy.includes(other),
      asked: `${told} Could ${names(other)} hear it?`,
    }),
  ];
}

/** What a decision answers; null: neither yes nor no. */
export function answerOf({ yes, no }: Question, trade: Trade): boolean | null {
  return trade === yes ? true : trade === no ? false : null;
}

/** Whoever was there is named, but for the one who is asked. */
function toldOf({ speaker, heardBy, room, text }: Line, asked: TraderId, content: Content): string {
  const listeners = heardBy.filter((id) => id !== speaker && id !== asked).map((id) => nameOf(id, content));
  const place = content.office.rooms.find(({ id }) => id === room)?.name ?? room;
  const to = listeners.length === 0 ? '' : ` to ${listeners.join(' and ')}`;
  return `Last round in the ${place}, ${nameOf(speaker, content)} said${to}: ${text}`;
}

function question(
  seen: Observation,
  chance: Prng,
  { asked, ...about }: Pick<Question, 'fact' | 'kind' | 'truth'> & { asked: string },
): Question {
  const [yes, no] = chance.shuffle(INSTRUMENTS);
  if (yes === undefined || no === undefined) throw new Error('there are three instruments');
  const text = `${asked} Trade ${yes} for yes, ${no} for no.`;
  const { round } = seen;
  const headline = { text, names: null, tone: 'flat', source: 'producer', round } as const;
  return { ...about, yes, no, seen: { ...seen, headlines: [headline] } };
}

function nameOf(id: TraderId, { cast }: Content): string {
  return cast.find((persona) => persona.id === id)?.name ?? id;
}
