/** The words for a plan: what a scripted trader thinks, what it says and to which trader. Decides nothing about money. Pure. */
import { SPEECH_MAX, THOUGHT_MAX } from '#core/decision.ts';
import type { SeenCompany } from '#core/observation.ts';
import type { Bank, SpeechSituation, ThoughtSituation } from '#core/script.ts';
import type { Instrument } from '#core/vocabulary.ts';
import { aboutSlots, deckFor, fill, templatesFor, turnSlots, type Slots } from './fill.ts';
import { DEFAULT_SAYS, DEFAULT_THINKS } from './default-voice.ts';
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
  return compose(voice, voice.thinks, DEFAULT_THINKS, situation, instrument, more, () => true) ?? '';
}

/** The public line: one remark, or two that fit into it together; '' is silence. */
export function speak(voice: Voice): string {
  const remarks = opening(voice);
  let speech = '';
  for (const remark of remarks) {
    const next = phrase(voice, remark, SPEECH_MAX - speech.length - 1);
    if (next === null) continue;
    speech = speech === '' ? next : `${speech} ${next}`;
  }
  return speech;
}

function phrase(voice: Voice, remark: Remark, room: number): string | null {
  const said = [...voice.observation.ownLines, ...voice.observation.company.map((other) => other.said ?? '')];
  const fresh = (text: string) => text.length <= room && !said.some((line) => line.includes(text));
  const slots: Slots = remark.to ? { name: remark.to.name } : {};
  if (remark.gone !== undefined) slots.gone = remark.gone;
  if (remark.situation === 'tease' && remark.to) {
    const toFace = towardFace(voice, remark.to, fresh);
    if (toFace !== null) return toFace;
  }
  return compose(voice, voice.says, DEFAULT_SAYS, remark.situation, remark.instrument ?? null, slots, fresh);
}

/** What this persona says to nobody but this other one; null when it has nothing, and now and then by chance. */
function towardFace(voice: Voice, to: SeenCompany, fresh: (text: string) => boolean): string | null {
  const remarks = voice.toward[to.trader] ?? [];
  if (remarks.length === 0 || voice.prng.chance(4_000)) return null;
  return deckFor(remarks, deckKey(voice, `toward/${to.trader}`), voice.observation.round).find(fresh) ?? null;
}

function compose(
  voice: Voice,
  bank: Bank,
  house: Bank,
  situation: SpeechSituation | ThoughtSituation,
  instrument: Instrument | null,
  more: Slots,
  fresh: (text: string) => boolean,
): string | null {
  const { observation } = voice;
  const slots = {
    ...turnSlots(observation),
    ...(instrument ? aboutSlots(instrument, observation) : {}),
    ...more,
  };
  const templates = templatesFor(bank, house, situation, instrument);
  for (const template of deckFor(templates, deckKey(voice, situation), observation.round)) {
    const text = fill(template, slots);
    if (text !== null && fresh(text)) return text;
  }
  return null;
}

function deckKey(voice: Voice, what: string): string {
  return `${voice.seed}/${voice.observation.trader}/${what}`;
}
