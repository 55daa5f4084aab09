/**
 * Arms that change what a trader is shown, and so work with every brain. What an arm calls by another name is called back in
 * what the brain decides.
 */
import { keyedNumbers } from '#core/chance/keyed.ts';
import type { Decision } from '#core/decision.ts';
import type { Observation, SeenCompany } from '#core/observation.ts';
import { without, withoutMemory } from '#core/without.ts';
import type { Headline } from '#core/state.ts';
import { INSTRUMENTS, type Instrument, type Trade } from '#core/vocabulary.ts';
import type { Ask } from '../runs/player.ts';

export interface ObservationArm {
  /** What it is for, in a few words. */
  readonly what: string;
  sees(ask: Ask): Observation;
  does(decision: Decision, ask: Ask): Decision;
}

const same = (decision: Decision): Decision => decision;
const shows = (what: string, sees: (ask: Ask) => Observation): ObservationArm => ({ what, sees, does: same });
/** Lines of everybody on the floor, whatever the room: everybody is company. */
function everybody({ observation, state, content }: Ask): SeenCompany[] {
  return content.cast.flatMap(({ id, name }) => {
    if (id === observation.trader) return [];
    const here = observation.company.find(({ trader }) => trader === id);
    if (here) return here;
    const said = state.lines.findLastIndex(({ speaker }) => speaker === id);
    const mine = state.lines.findLastIndex(({ speaker }) => speaker === observation.trader);
    const text = state.lines[said]?.text ?? null;
    return { trader: id, name, said: text, unanswered: said > mine, justWalkedIn: false };
  });
}

/** Who said what is dealt round among those present; with one other there, the line is signed by somebody who is not. */
function wronglySigned({ observation, content }: Ask): SeenCompany[] {
  const { company, trader } = observation;
  if (company.length > 1)
    return company.map((other, at) => {
      const { said, unanswered } = company[(at + 1) % company.length] ?? other;
      return { ...other, said, unanswered };
    });
  const present = new Set([trader, ...company.map((other) => other.trader)]);
  const absent = content.cast.find(({ id }) => !present.has(id));
  return company.map((other) => (absent ? { ...other, trader: absent.id, name: absent.name } : other));
}

/** Each instrument goes by the name of the next one: what is left is what it does, not what it is called. */
const CALLED: Record<Instrument, Instrument> = { Tech: 'Crypto', Crypto: 'Bonds', Bonds: 'Tech' };
const CALLED_BACK: Record<Instrument, Instrument> = { Crypto: 'Tech', Bonds: 'Crypto', Tech: 'Bonds' };

/** Whole words in any case, as the floor hears them; a single Bond is of the Bonds. */
function renamed(text: string, names: Record<Instrument, Instrument>): string {
  return text.replace(/\b(?:tech|crypto|bonds?)\b/gi, (word) => {
    const called = INSTRUMENTS.find((it) => it.toLowerCase().startsWith(word.toLowerCase()));
    if (called === undefined) return word;
    if (word === word.toLowerCase()) return names[called].toLowerCase();
    return word === word.toUpperCase() ? names[called].toUpperCase() : names[called];
  });
}

function tradeCalled(trade: Trade, names: Record<Instrument, Instrument>): Trade {
  return trade === 'Hold' ? trade : names[trade];
}

function newsCalled<T extends Pick<Headline, 'text' | 'names'>>(news: T): T {
  return { ...news, text: renamed(news.text, CALLED), names: news.names && CALLED[news.names] };
}

/** All that names an instrument, text that was printed or said too; what a text says of one in other words stays, as a chip or a coin. */
const swappedNames: ObservationArm = {
  what: 'each instrument goes by the name of another',
  sees: ({ observation: { saidLately, phone, facts, bend, ...seen } }) => ({
    ...seen,
    headlines: seen.headlines.map(newsCalled),
    prices: INSTRUMENTS.flatMap((name) =>
      seen.prices.flatMap((it) => (CALLED[it.instrument] === name ? { ...it, instrument: name } : [])),
    ),
    positions: seen.positions.map((it) => ({ ...it, instrument: CALLED[it.instrument] })),
    ownTurns: seen.ownTurns.map((it) => ({ ...it, trade: tradeCalled(it.trade, CALLED) })),
    ownLines: seen.ownLines.map((line) => renamed(line, CALLED)),
    company: seen.company.map((it) => ({ ...it, said: it.said && renamed(it.said, CALLED) })),
    ...(saidLately && { saidLately: saidLately.map((line) => renamed(line, CALLED)) }),
    ...(phone && { phone: newsCalled(phone) }),
    ...(facts && {
      facts: facts.map((it) => ({ ...it, instrument: it.instrument && CALLED[it.instrument] })),
    }),
    ...(bend && { bend: { ...bend, told: renamed(bend.told, CALLED) } }),
  }),
  does: (decision) => ({
    ...decision,
    trade: tradeCalled(decision.trade, CALLED_BACK),
    thought: renamed(decision.thought, CALLED_BACK),
    speech: renamed(decision.speech, CALLED_BACK),
  }),
};

function shuffled<T>(items: readonly T[], { floor, id, observation }: Ask): T[] {
  return keyedNumbers(0, `lab-options/${floor}`, observation.round, id).shuffle(items);
}

export const OBSERVATION_ARMS = {
  full: shows('all that the show tells', ({ observation }) => observation),
  deaf: shows('hears nobody; it still knows what the floor remembers', ({ observation }) =>
    without(observation, 'line'),
  ),
  blind: shows('no news', ({ observation }) => without(observation, 'news')),
  'prices-only': shows(
    'prices and the own book; no news, no memory, no lines, nobody there',
    ({ observation }) => ({
      ...withoutMemory(observation),
      headlines: [],
      company: [],
      justLeft: [],
    }),
  ),
  'global-chat': shows('hears every room', (ask) => ({ ...ask.observation, company: everybody(ask) })),
  'wrong-speaker': shows('lines are signed by somebody else', (ask) => ({
    ...ask.observation,
    company: wronglySigned(ask),
  })),
  'permuted-options': shows('prices, rooms and company in another order each turn', (ask) => ({
    ...ask.observation,
    prices: shuffled(ask.observation.prices, ask),
    rooms: shuffled(ask.observation.rooms, ask),
    company: shuffled(ask.observation.company, ask),
  })),
  'swapped-names': swappedNames,
  // What is started is in the show: `rumourPlanter` does it.
  rumour: shows('in each world one trader is told a rumour', ({ observation }) => observation),
} as const satisfies Record<string, ObservationArm>;
export type ObservationArmName = keyof typeof OBSERVATION_ARMS;
