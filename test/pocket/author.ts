/** Writes an answer of the corpus: what the policy does, in words drawn from the persona's repertoire. */
import { SPEECH_MAX, THOUGHT_MAX } from '#core/decision.ts';
import type { Decision } from '#core/decision.ts';
import type { Persona } from '#core/content.ts';
import type { Observation } from '#core/observation.ts';
import type { Prng } from '#core/chance/prng.ts';
import { INSTRUMENTS, type Instrument } from '#core/vocabulary.ts';
import { whoIsHeard } from '#core/hearing/to-answer.ts';
import { aboutSlots, fill, turnSlots, type Slots } from '#brain/scripted/fill.ts';
import { DEFAULT_TEMPERAMENT } from '#brain/scripted/default-voice.ts';
import type { Voice } from '#brain/scripted/voice.ts';
import { newsWithSubject, SUBJECT_MARK } from '#brain/prompts/subject.ts';
import { latelyOf } from '#brain/scripted/lately.ts';
import { recallLine } from '#brain/scripted/lines.ts';
import { opening, type Remark } from '#brain/scripted/talk.ts';
import { content } from '#test/support/floor.ts';
import { SUBJECTS } from './headlines.ts';
import type { Intent } from './policy.ts';
import { TOPICAL, type Repertoire } from './script.ts';

/** What fills a phrase: the slots of the bank's templates, and `topic`, the subject of the news. */
type WordSlots = Slots & { topic?: string };

/** Characters to reserve for a subject, whose mark takes only one. */
const SUBJECT_ROOM = 24;
const CALL_BPS = 9_500;
const COMPANY_BPS = 2_500;
/** How often a remark on the news names its subject, in basis points. */
const TOPIC_BPS = 6_500;
const TRIES = 6;

/** A turn of the corpus, and whether its line is about something that the floor remembers. */
export interface Written {
  decision: Decision;
  remembers: boolean;
}

export function write(intent: Intent, persona: Persona, repertoire: Repertoire, prng: Prng): Written {
  const { view, heard, location } = intent;
  const temperament = persona.script?.temperament ?? DEFAULT_TEMPERAMENT;
  const mayBluff = view.phase === 'episode' && view.standing === 'trading' && view.company.length > 0;
  const bluff =
    mayBluff && prng.chance(temperament.hypocrisyBps)
      ? prng.pick(INSTRUMENTS.filter((each) => each !== intent.plan.instrument))
      : null;
  const plan = { ...intent.plan, bluff };
  const voice: Voice = {
    seed: prng.below(2 ** 31),
    observation: view,
    says: {},
    thinks: {},
    toward: persona.script?.toward ?? {},
    recalls: persona.script?.recalls ?? {},
    temperament,
    plan,
    heard,
    lately: latelyOf(view, content.cast),
    slots: turnSlots(view),
    prng,
  };
  const thought = thoughtOf(voice, repertoire);
  const { speech, remembers } = speechOf(voice, persona, repertoire);
  return { decision: { thought, trade: plan.trade, size: plan.size, speech, location }, remembers };
}

function thoughtOf({ plan, observation, prng }: Voice, repertoire: Repertoire): string {
  const text = (plain: string, instrument: Instrument | null, more: Slots, room: number) => {
    const [situation, topic] = topical(plain, instrument, observation, prng);
    return words(
      (draw) => repertoire.thought(situation, instrument, draw),
      instrument,
      observation,
      { ...more, ...topic },
      room,
      prng,
    );
  };
  let first: string | null;
  if (plan.bluff !== null)
    first =
      plan.trade === 'Hold'
        ? text('bluffHold', plan.bluff, {}, THOUGHT_MAX)
        : text('bluff', plan.bluff, { trade: plan.trade }, THOUGHT_MAX);
  else if (plan.motive === 'herd')
    first = text('herd', plan.instrument, { name: plan.swayedBy?.name ?? 'Somebody' }, THOUGHT_MAX);
  else first = text(plan.motive, plan.instrument, {}, THOUGHT_MAX);
  const thought = first ?? (plan.trade === 'Hold' ? 'I hold.' : `Buy ${plan.trade}.`);
  if (observation.company.length === 0 || !prng.chance(COMPANY_BPS)) return thought;
  const { name } = prng.pick(observation.company);
  const second = text('company', null, { name }, THOUGHT_MAX - thought.length - 1);
  return second === null ? thought : `${thought} ${second}`;
}

function speechOf(
  voice: Voice,
  persona: Persona,
  repertoire: Repertoire,
): { speech: string; remembers: boolean } {
  const { observation } = voice;
  const remark = opening(voice);
  if (remark === null) return { speech: '', remembers: false };
  if ('fact' in remark) {
    const speech = recallLine(voice, remark.fact) ?? '';
    return { speech, remembers: speech !== '' };
  }
  const called = calling(voice, persona, phrase(voice, remark, persona, repertoire, SPEECH_MAX) ?? '');
  return { speech: observation.ownLines.includes(called) ? '' : called, remembers: false };
}

/** Calls the other trader by name, unless the line already names somebody or the thing that was spoken of. */
function calling({ observation, prng }: Voice, persona: Persona, speech: string): string {
  const other = whoIsHeard(observation.name, observation.company);
  if (!other || speech === '') return speech;
  const topic = INSTRUMENTS.find((instrument) => other.said?.includes(instrument));
  const known = [...observation.company.map(({ name }) => name), ...(topic ? [topic] : [])];
  const called = `${other.name}${CALLS[persona.id] ?? '.'} ${speech}`;
  if (known.some((word) => speech.includes(word)) || called.length > SPEECH_MAX) return speech;
  return prng.chance(CALL_BPS) ? called : speech;
}

function phrase(
  voice: Voice,
  remark: Remark,
  persona: Persona,
  repertoire: Repertoire,
  room: number,
): string | null {
  const { prng, observation } = voice;
  const slots: Slots = {};
  if (remark.to) slots.name = remark.to.name;
  if (remark.gone !== undefined) slots.gone = remark.gone;
  const toFace =
    remark.to && remark.situation === 'tease' ? persona.script?.toward[remark.to.trader] : undefined;
  if (toFace && prng.chance(5_000)) {
    const line = prng.pick(toFace);
    return line.length <= room ? line : null;
  }
  const instrument = remark.instrument ?? null;
  const [situation, topic] = topical(remark.situation, instrument, observation, prng);
  return words(
    (draw) => repertoire.speech(situation, instrument, draw),
    instrument,
    observation,
    { ...slots, ...topic },
    room,
    prng,
  );
}

const TONES: Readonly<Record<string, string>> = { topicUp: 'up', topicDown: 'down', topicFlat: 'flat' };

/** A remark on the news, or on a purchase because of it, that names the headline's subject if there is one. */
function topical(
  plain: string,
  instrument: Instrument | null,
  { headlines }: Observation,
  prng: Prng,
): [situation: string, slots: WordSlots] {
  const situation = TOPICAL[plain];
  if (situation === undefined || !prng.chance(TOPIC_BPS)) return [plain, {}];
  const tone = TONES[situation];
  const headline = newsWithSubject(headlines, SUBJECTS)?.headline;
  const fits =
    headline &&
    (tone === undefined || headline.tone === tone) &&
    (tone === 'flat' || headline.names === instrument);
  return fits ? [situation, { topic: SUBJECT_MARK }] : [plain, {}];
}

const CALLS: Record<string, string> = { alex: '!', mike: '!', sarah: ', dear.', alice: '.' };

function words(
  draw: (prng: Prng) => string,
  instrument: Instrument | null,
  observation: Observation,
  more: WordSlots,
  room: number,
  prng: Prng,
): string | null {
  const slots: WordSlots = {
    ...turnSlots(observation),
    ...(instrument && { ...aboutSlots(instrument, observation), move: moveWords(instrument, observation) }),
    gain: amountWords(GAIN_WORDS, observation.episodeGainBps),
    ...more,
  };
  for (let tries = 0; tries < TRIES; tries++) {
    const template = draw(prng);
    const text = template.includes('{gain} much') ? null : fill(template, slots);
    const named = text?.includes(SUBJECT_MARK) ? SUBJECT_ROOM : 0;
    if (text !== null && text.length + named <= room) return text;
  }
  return null;
}

/** Amounts in the words of the prompt's bands: a model without digits in its prompt must not name figures. */
const MOVE_WORDS: readonly [number, string][] = [
  [60, 'a hair'],
  [120, 'a touch'],
  [300, 'a bit'],
  [600, 'a lot'],
  [Infinity, 'a mile'],
];
const GAIN_WORDS: readonly [number, string][] = [
  [150, 'a hair'],
  [500, 'a little'],
  [1_500, 'a fair bit'],
  [Infinity, 'a fortune'],
];

function moveWords(instrument: Instrument, { prices }: Observation): string {
  const price = prices.find((each) => each.instrument === instrument);
  return amountWords(MOVE_WORDS, price?.roundBps !== 0 ? (price?.roundBps ?? 0) : price.episodeBps);
}

function amountWords(words: readonly [number, string][], bps: number): string {
  return words.find(([below]) => Math.abs(bps) < below)?.[1] ?? 'a lot';
}
