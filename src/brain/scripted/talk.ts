/** What a scripted trader finds to say: answers come first, then the news, then whatever is on its mind. Pure. */
import type { SeenCompany } from '#core/observation.ts';
import type { Prng } from '#core/chance/prng.ts';
import type { SpeechSituation } from '#core/script.ts';
import { INSTRUMENTS, type Instrument } from '#core/vocabulary.ts';
import type { Heard } from './ear.ts';
import type { Voice } from './voice.ts';

/** One thing to say; lines.ts finds the words. */
export interface Remark {
  situation: SpeechSituation;
  instrument?: Instrument | null;
  to?: SeenCompany;
  gone?: string;
}

const ANSWER_BPS = 9_400;
const COMEBACK_BPS = 3_500;
const CHIME_IN_BPS = 4_000;
const REACT_BPS = 7_500;
const GREET_BPS = 7_000;
const FAREWELL_BPS = 3_500;
const GRUMBLE_BPS = 5_000;
const GO_ON_BPS = 4_500;
const ALONE_SHARE = 0.5;
/** Moves and gains worth a remark, in basis points. */
const BIG_MOVE_BPS = 120;
const BIG_GAIN_BPS = 150;
const TERROR = 0.5;

/** Remarks for this turn, best first: the first is said, the second only if there is room for it. */
export function opening(voice: Voice): Remark[] {
  const { observation, plan, heard, prng, temperament } = voice;
  if (observation.company.length === 0) return alone(voice);
  if (plan.bluff !== null) return [{ situation: 'bluff', instrument: plan.bluff }];

  const first = heard[0];
  if (first && prng.chance(answerBps(voice, first))) {
    const answer = reply(voice, first);
    return prng.chance(GO_ON_BPS) ? [answer, goOn(voice, first, answer)] : [answer];
  }
  const news = newsRemark(voice);
  if (news && prng.chance(REACT_BPS)) return prng.chance(GO_ON_BPS) ? [news, toSomebody(voice)] : [news];

  const newcomer = observation.company.find((other) => other.justWalkedIn);
  if (newcomer && prng.chance(GREET_BPS)) {
    return prng.chance(GO_ON_BPS)
      ? [{ situation: 'greet', to: newcomer }, question(voice, newcomer)]
      : [{ situation: 'greet', to: newcomer }];
  }
  const gone = observation.justLeft[0];
  if (gone !== undefined && prng.chance(FAREWELL_BPS)) return [{ situation: 'farewell', gone }];
  if (observation.ownTurns.at(-1)?.refusal === 'no_buying_power' && prng.chance(GRUMBLE_BPS))
    return [{ situation: 'refused' }];
  return prng.chance(temperament.talkBps) ? [onItsMind(voice)] : [];
}

/** The chance of an answer: high when spoken to; lower for a word to the room, for a comeback, and in a disaster. */
function answerBps({ observation, plan }: Voice, heard: Heard): number {
  if (plan.fright >= TERROR && observation.headlines.length > 0) return ANSWER_BPS / 2;
  if (heard.act === 'comeback') return COMEBACK_BPS;
  return heard.toMe ? ANSWER_BPS : CHIME_IN_BPS;
}

function alone(voice: Voice): Remark[] {
  const { observation, prng, temperament } = voice;
  if (!prng.chance(Math.round(temperament.talkBps * ALONE_SHARE))) return [];
  const news = newsRemark(voice);
  if (news && prng.chance(REACT_BPS)) return [news];
  if (observation.standing === 'intern' && prng.chance(5_000)) return [{ situation: 'intern' }];
  return [{ situation: 'alone' }];
}

// -------------------------------------------------------------------------------------------------- answers

function reply(voice: Voice, heard: Heard): Remark {
  const { observation, plan, temperament, prng } = voice;
  const to = heard.from;
  const feeling = temperament.feelings[to.trader] ?? 0;
  const likes = feeling >= 0 ? prng.chance(7_500) : prng.chance(2_000);
  const doing = observation.standing === 'intern' || observation.episodeGainBps < -BIG_GAIN_BPS;
  switch (heard.act) {
    case 'askMine':
      return observation.standing === 'intern' ? { situation: 'intern' } : { situation: 'tellMine', to };
    case 'askView':
      return view(voice, heard.instrument, to);
    case 'askHow':
      return { situation: doing ? 'gloomy' : 'fine', to };
    case 'askChat':
      return { situation: heard.smallTalk, to };
    case 'claim':
      return claimAnswered(voice, heard, likes);
    case 'doom':
      return plan.fright >= TERROR && temperament.fear > 0
        ? { situation: 'nod', to }
        : { situation: 'scoff', to };
    case 'brag':
      return { situation: likes && feeling > 0 ? 'nod' : 'deflate', to };
    case 'lament':
      return { situation: likes ? 'console' : 'tease', to };
    case 'tease':
    case 'comeback':
      return { situation: 'retort', to };
    case 'greeting':
      return prng.chance(6_000) ? question(voice, to) : { situation: 'greet', to };
    case 'kindness':
      return { situation: 'thanks', to };
    case 'chatter':
      return likes ? { situation: 'nod', to } : { situation: 'scoff', to };
  }
  return heard.act satisfies never;
}

function claimAnswered(voice: Voice, heard: Heard, likes: boolean): Remark {
  const to = heard.from;
  const { instrument, stance } = heard;
  if (instrument === null) return { situation: likes ? 'nod' : 'scoff', to };
  if (stance === 0) return view(voice, instrument, to);
  const mine = voice.plan.views[instrument] > 0 ? 1 : -1;
  return { situation: mine === stance ? 'agree' : 'disagree', instrument, to };
}

function view(voice: Voice, instrument: Instrument | null, to: SeenCompany): Remark {
  const about = instrument ?? voice.plan.instrument ?? 'Bonds';
  return { situation: voice.plan.views[about] > 0 ? 'likes' : 'doubts', instrument: about, to };
}

/** After an answer: a question back, or the trader's own business. A question is never followed by another question. */
function goOn(voice: Voice, heard: Heard, answer: Remark): Remark {
  if (answer.situation.startsWith('ask') || voice.prng.chance(5_000)) return business(voice);
  return question(voice, heard.from);
}

// ------------------------------------------------------------------------------------------- unasked remarks

function newsRemark({ observation, prng }: Voice): Remark | null {
  if (observation.headlines.length === 0) return null;
  const { names, tone } = prng.pick(observation.headlines);
  if (tone === 'flat') return { situation: 'newsFlat' };
  if (names === null) return { situation: tone === 'up' ? 'cheer' : 'panic' };
  return { situation: tone === 'up' ? 'newsUp' : 'newsDown', instrument: names };
}

/** What the trader is doing, or how it fares. */
export function business({ observation, plan }: Voice): Remark {
  if (observation.standing === 'intern') return { situation: 'intern' };
  if (observation.phase === 'intermission') return { situation: 'mingle' };
  if (plan.trade !== 'Hold') return { situation: 'buy', instrument: plan.trade };
  if (plan.motive === 'winning' || plan.motive === 'losing' || plan.motive === 'ruin')
    return { situation: plan.motive };
  return { situation: 'hold' };
}

function question(voice: Voice, to: SeenCompany): Remark {
  const { observation, prng } = voice;
  if (observation.phase === 'intermission')
    return { situation: prng.chance(7_500) ? 'askChat' : 'askHow', to };
  const pick = prng.below(10);
  if (pick < 5) return { situation: 'askView', instrument: topic(voice), to };
  return { situation: pick < 8 ? 'askMine' : 'askHow', to };
}

/** What to talk about: what the news names, else what moved most, else anything. */
function topic({ observation, prng }: Voice): Instrument {
  const named = observation.headlines.find((headline) => headline.names !== null)?.names;
  if (named && prng.chance(7_000)) return named;
  const moved = observation.prices.reduce((a, b) => (Math.abs(b.roundBps) > Math.abs(a.roundBps) ? b : a));
  return prng.chance(6_000) ? moved.instrument : prng.pick(INSTRUMENTS);
}

function toSomebody(voice: Voice): Remark {
  const to = voice.prng.pick(voice.observation.company);
  return voice.prng.chance(6_000) ? question(voice, to) : { situation: 'tease', to };
}

function onItsMind(voice: Voice): Remark {
  const { observation, prng, temperament } = voice;
  const to = prng.pick(observation.company);
  const rivalry = Math.max(0, -(temperament.feelings[to.trader] ?? 0)) / 25;
  const choices: [number, Remark][] = [
    [4, question(voice, to)],
    [2 + rivalry, { situation: 'tease', to }],
  ];
  if (observation.phase === 'intermission') choices.push([3, { situation: 'mingle' }]);
  else choices.push([3, business(voice)], [2, priceRemark(voice)]);
  if (observation.standing === 'intern') choices.push([4, { situation: 'intern' }]);
  else if (observation.phase === 'episode' && observation.roundsLeft <= 2)
    choices.push([4, { situation: 'closing' }]);
  if (observation.episodeGainBps >= BIG_GAIN_BPS) choices.push([2, { situation: 'winning' }]);
  if (observation.episodeGainBps <= -BIG_GAIN_BPS) choices.push([2, { situation: 'losing' }]);
  return weighted(choices, prng);
}

function priceRemark({ observation }: Voice): Remark {
  const moved = observation.prices.reduce((a, b) => (Math.abs(b.roundBps) > Math.abs(a.roundBps) ? b : a));
  if (Math.abs(moved.roundBps) < BIG_MOVE_BPS) return { situation: 'dull' };
  return { situation: moved.roundBps > 0 ? 'priceUp' : 'priceDown', instrument: moved.instrument };
}

function weighted(choices: readonly [number, Remark][], prng: Prng): Remark {
  let rest = prng.uniform() * choices.reduce((sum, [weight]) => sum + weight, 0);
  const found = choices.find(([weight]) => (rest -= weight) < 0) ?? choices[0];
  if (!found) throw new Error('weighted needs at least one choice');
  return found[1];
}
