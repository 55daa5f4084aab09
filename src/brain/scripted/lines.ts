/** The words for a plan: what a scripted trader thinks, what it says and to which trader. Decides nothing about money. Pure. */
import { SPEECH_MAX, THOUGHT_MAX } from '#core/decision.ts';
import type { SeenCompany } from '#core/observation.ts';
import type { SeenFact } from '#core/memory/recall.ts';
import type { Bank, RecallSituation, SpeechSituation, ThoughtSituation } from '#core/script.ts';
import type { Instrument } from '#core/vocabulary.ts';
import { aboutSlots, deal, fill, templatesFor, type Slots } from './fill.ts';
import { DEFAULT_SAYS, DEFAULT_THINKS } from './default-voice.ts';
import { DEFAULT_RECALLS } from './default-recalls.ts';
import { recallSituation, recallSlots } from './recollection.ts';
import { opening, type Remark } from './talk.ts';
import type { Voice } from './voice.ts';

/** The private line: the reason for the plan, and now and then a word about somebody who is here. */
export function think(voice: Voice): string {
  const { plan, observation, prng } = voice;
  const first = thought(voice, ...motive(voice));
  const other =
    observation.company.length > 0 && prng.chance(COMPANY_BPS) ? prng.pick(observation.company) : null;
  const second = other ? thought(voice, 'company', null, { name: other.name }) : null;
  const both = second ? `${first} ${second}` : first;
  return plan.motive !== 'herd' && both.length <= THOUGHT_MAX ? both : first;
}
const COMPANY_BPS = 3_500;

function motive({ plan, observation }: Voice): [ThoughtSituation, Instrument | null, Slots] {
  if (plan.bluff !== null && observation.company.length > 0) {
    if (plan.trade === 'Hold') return ['bluffHold', plan.bluff, {}];
    return ['bluff', plan.bluff, { trade: plan.trade }];
  }
  if (plan.motive === 'herd')
    return plan.swayedBy
      ? ['herd', plan.instrument, { name: plan.swayedBy.name }]
      : ['whim', plan.instrument, {}];
  return [plan.motive, plan.instrument, {}];
}

function thought(
  voice: Voice,
  situation: ThoughtSituation,
  instrument: Instrument | null,
  more: Slots,
): string {
  return compose(voice, voice.thinks, DEFAULT_THINKS, situation, instrument, more, ANYTHING) ?? '';
}

/** The public line, and the fact that it was made from, if it was made from one; '' is silence. */
export function speak(voice: Voice): { speech: string; fact: SeenFact | null } {
  const remark = opening(voice);
  if (remark === null) return { speech: '', fact: null };
  if ('fact' in remark) {
    const speech = recallLine(voice, remark.fact);
    if (speech !== null) return { speech, fact: remark.fact };
    return { speech: '', fact: null };
  }
  return { speech: phrase(voice, remark) ?? '', fact: null };
}

/** A line about a fact, from the persona's bank for it; null when all of them were said just now. */
export function recallLine(voice: Voice, fact: SeenFact): string | null {
  const situation = recallSituation(fact, voice.observation);
  const slots = recallSlots(fact, voice.observation);
  return compose(voice, voice.recalls, DEFAULT_RECALLS, situation, fact.instrument, slots, unheard(voice));
}

/** What the trader has not said itself and not heard here; first of all what begins in another way than that did. */
function unheard({ observation, lately }: Voice): Fresh {
  const said = [...observation.ownLines, ...observation.company.map((other) => other.said ?? '')];
  return {
    isFresh: (text) =>
      text.length <= SPEECH_MAX && !lately.isSaid(text) && !said.some((line) => line.includes(text)),
    isBegun: lately.isBegun,
  };
}

interface Fresh {
  isFresh: (text: string) => boolean;
  isBegun: (text: string) => boolean;
}
const ANYTHING: Fresh = { isFresh: () => true, isBegun: () => false };

function phrase(voice: Voice, remark: Remark): string | null {
  const fresh = unheard(voice);
  const slots: Slots = remark.to ? { name: remark.to.name } : {};
  if (remark.gone !== undefined) slots.gone = remark.gone;
  if (voice.observation.scene) slots.amount = voice.observation.scene.own.amount;
  if (remark.situation === 'tease' && remark.to) {
    const toFace = towardFace(voice, remark.to, fresh);
    if (toFace !== null) return toFace;
  }
  return compose(voice, voice.says, DEFAULT_SAYS, remark.situation, remark.instrument ?? null, slots, fresh);
}

/** What this persona says to nobody but this other one; null when it has nothing, and now and then by chance. */
function towardFace(voice: Voice, to: SeenCompany, fresh: Fresh): string | null {
  const remarks = voice.toward[to.trader] ?? [];
  if (remarks.length === 0 || !voice.prng.chance(TO_FACE_BPS)) return null;
  const key = deckKey(voice, `toward/${to.trader}`);
  return deal(remarks, key, voice.observation.round, (text) => (fresh.isFresh(text) ? text : null));
}

/** These remarks are few, and the bank's are many. */
const TO_FACE_BPS = 1_500;

function compose(
  voice: Voice,
  bank: Bank,
  house: Bank,
  situation: SpeechSituation | ThoughtSituation | RecallSituation,
  instrument: Instrument | null,
  more: Slots,
  { isFresh, isBegun }: Fresh,
): string | null {
  const { observation } = voice;
  const slots = {
    ...voice.slots,
    ...(instrument ? aboutSlots(instrument, observation) : {}),
    ...more,
  };
  const templates = templatesFor(bank, house, situation, instrument);
  let second: string | null = null;
  const first = deal(templates, deckKey(voice, situation), observation.round, (template) => {
    const text = fill(template, slots);
    if (text === null || !isFresh(text)) return null;
    if (!isBegun(text)) return text;
    second ??= text;
    return null;
  });
  return first ?? second;
}

function deckKey(voice: Voice, what: string): string {
  return `${voice.seed}/${voice.observation.trader}/${what}`;
}
