/** What a scripted trader finds to say: answers come first, then the news, then whatever is on its mind. Pure. */
import type { SeenCompany } from '#core/observation.ts';
import type { Prng } from '#core/chance/prng.ts';
import type { SpeechSituation } from '#core/script.ts';
import { INSTRUMENTS, type Instrument } from '#core/vocabulary.ts';
import type { SeenFact } from '#core/memory/recall.ts';
import { smallTalkOf, type Heard } from './ear.ts';
import { newsToTell, pastToTell } from './recollection.ts';
import type { Voice } from './voice.ts';

/** One thing to say; lines.ts finds the words. */
export interface Remark {
  situation: SpeechSituation;
  instrument?: Instrument | null;
  to?: SeenCompany;
  gone?: string;
}

/** Something that the floor remembers. */
export interface Recollection {
  fact: SeenFact;
}

const ANSWER_BPS = 9_700;
/** A greeting is answered with a question instead of another greeting. */
const ASK_BACK_BPS = 3_000;
const COMEBACK_BPS = 5_500;
/** A word to the room is taken up by anybody; one to somebody else who is here is not this trader's to answer. */
const TAKE_UP_BPS = 8_500;
const CHIME_IN_BPS = 1_500;
const REACT_BPS = 7_500;
const GREET_BPS = 7_000;
const FAREWELL_BPS = 3_500;
const GRUMBLE_BPS = 5_000;
/** Somebody waits for an answer: news is told first, so often, and whoever does not answer has something else to say so often. */
const INTERRUPT_BPS = 500;
const CHANGE_SUBJECT_BPS = 600;
const ALONE_SHARE = 0.85;
/** Moves and gains worth a remark, in basis points. */
const BIG_MOVE_BPS = 120;
const BIG_GAIN_BPS = 150;
const TERROR = 0.5;

/** What is said this turn: one thing, and so to the point; null is silence. */
export function opening(voice: Voice): Remark | Recollection | null {
  const { observation, plan, heard, prng, temperament } = voice;
  const scene = sceneRemark(voice);
  if (scene) return scene;
  const [fact] = observation.facts ?? [];
  if (observation.lookingBack && fact) return { fact };
  if (observation.company.length === 0) return alone(voice);
  const first = heard[0];
  const waits = first !== undefined && !first.toOther;
  if (plan.bluff !== null && (!waits || answersWith(plan.bluff, first)))
    return { situation: 'bluff', instrument: plan.bluff };

  const news = newsToTell(voice);
  if (news && mayChangeSubject(voice)) return { fact: news };
  if (first && prng.chance(answerBps(voice, first))) return reply(voice, first);
  if (waits && !prng.chance(CHANGE_SUBJECT_BPS)) return null;

  const headline = newsRemark(voice);
  if (headline && prng.chance(REACT_BPS)) return headline;
  const newcomer = observation.company.find((other) => other.justWalkedIn);
  if (newcomer && prng.chance(GREET_BPS)) return { situation: 'greet', to: newcomer };
  const past = pastToTell(voice);
  if (past) return { fact: past };
  const gone = observation.justLeft[0];
  if (gone !== undefined && prng.chance(FAREWELL_BPS)) return { situation: 'farewell', gone };
  if (observation.ownTurns.at(-1)?.refusal === 'no_buying_power' && prng.chance(GRUMBLE_BPS))
    return { situation: 'refused' };
  return prng.chance(temperament.talkBps) ? onItsMind(voice) : null;
}

/** Winner and loser before each other speak of that, whatever else there is. */
function sceneRemark({ observation }: Voice): Remark | null {
  const { scene, company } = observation;
  const to = company.find(({ trader }) => trader === scene?.other.trader);
  if (!scene || !to) return null;
  const { won, own } = scene;
  const situation = won ? (own.gained ? 'sceneWin' : 'sceneLeast') : own.gained ? 'sceneLast' : 'sceneLose';
  return { situation, to };
}

/** Whether there is room for what nobody asked: somebody who waits for an answer mostly gets one, but for `interruptBps` of turns. */
export function mayChangeSubject({ heard: [first], prng }: Voice, interruptBps = INTERRUPT_BPS): boolean {
  return first === undefined || first.toOther || prng.chance(interruptBps);
}

/** Whether praise of the instrument answers what was said. */
function answersWith(praised: Instrument, { act, instrument }: Heard): boolean {
  return act === 'askMine' || ((act === 'askView' || act === 'claim') && instrument === praised);
}

/** The chance of an answer: high when spoken to; lower for a word to the room, for a comeback, and in a disaster. */
function answerBps({ observation, plan }: Voice, heard: Heard): number {
  if (plan.fright >= TERROR && observation.headlines.length > 0) return ANSWER_BPS / 2;
  if (heard.act === 'comeback') return COMEBACK_BPS;
  if (heard.toMe) return ANSWER_BPS;
  return heard.toOther ? CHIME_IN_BPS : TAKE_UP_BPS;
}

function alone(voice: Voice): Remark | Recollection | null {
  const { observation, prng, temperament } = voice;
  if (!prng.chance(Math.round(temperament.talkBps * ALONE_SHARE))) return null;
  const fact = newsToTell(voice) ?? pastToTell(voice);
  if (fact) return { fact };
  const news = newsRemark(voice);
  if (news && prng.chance(REACT_BPS)) return news;
  if (observation.standing === 'intern' && prng.chance(5_000)) return { situation: 'intern' };
  return prng.chance(ALONE_BUSINESS_BPS) ? business(voice) : { situation: 'alone' };
}
const ALONE_BUSINESS_BPS = 5_000;

// -------------------------------------------------------------------------------------------------- answers

function reply(voice: Voice, heard: Heard): Remark {
  const { observation, plan, temperament, prng } = voice;
  const to = heard.from;
  const feeling = feelingFor(voice, to);
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
      return { situation: smallTalkOf(heard.text), to };
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
      return prng.chance(ASK_BACK_BPS) ? question(voice, to) : { situation: 'greet', to };
    case 'kindness':
      return { situation: 'thanks', to };
    case 'chatter':
      return likes ? { situation: 'nod', to } : { situation: 'scoff', to };
  }
  return heard.act satisfies never;
}

/** The persona's own, and what has happened since: a step of grudge or liking counts as much as a quarter of a friend. */
function feelingFor({ temperament }: Voice, { trader, feeling = 0 }: SeenCompany): number {
  return (temperament.feelings[trader] ?? 0) + 25 * feeling;
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

// ------------------------------------------------------------------------------------------- unasked remarks

function newsRemark({ observation, prng }: Voice): Remark | null {
  if (observation.headlines.length === 0) return null;
  const { names, tone } = prng.pick(observation.headlines);
  if (tone === 'flat') return { situation: 'newsFlat' };
  if (names === null) return { situation: tone === 'up' ? 'cheer' : 'panic' };
  return { situation: tone === 'up' ? 'newsUp' : 'newsDown', instrument: names };
}

/** What the trader is doing, or how it fares. */
function business({ observation, plan }: Voice): Remark {
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

function onItsMind(voice: Voice): Remark {
  const { observation, prng } = voice;
  const to = prng.pick(observation.company);
  const rivalry = Math.max(0, -feelingFor(voice, to)) / 25;
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
