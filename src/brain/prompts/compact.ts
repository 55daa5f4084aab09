/**
 * The prompt of a model that was trained for this show alone. It tells the same observation as `prompt.ts` in about fifty
 * words of a small fixed vocabulary. Numbers become bands, so that a small model need not count. The one line that waits
 * for an answer is quoted word for word; other lines and the words of headlines are left out, and a mark stands for what
 * the news is about.
 */
import { largestPosition } from '../scripted/policy.ts';
import { TOLD_ROUNDS } from '../scripted/recollection.ts';
import { hashText } from '#core/chance/hash-text.ts';
import type { Persona } from '#core/content.ts';
import { numberWords } from '#core/memory/words.ts';
import { whoIsHeard } from '#core/hearing/to-answer.ts';
import type { Observation, SeenPosition } from '#core/observation.ts';
import { BPS, type Instrument } from '#core/vocabulary.ts';
import type { KeyOrder } from '#show/ports/brain.ts';
import { cleanQuote } from './quote.ts';
import { newsWithSubject, SUBJECT_MARK, type Subjects } from './subject.ts';

/**
 * The order in which such a model answers: the trade comes before the thought, so the thought gives the reason for it. A model
 * of ten million weights learns a choice of four far sooner than a choice that hides in the first words of a sentence.
 */
export const COMPACT_KEY_ORDER = [
  'trade',
  'size',
  'thought',
  'speech',
  'location',
] as const satisfies KeyOrder;

/** A word for the amounts below `belowBps`, and the amount that it stands for where a policy calculates with it. */
export interface Band {
  belowBps: number;
  word: string;
  standsForBps: number;
}

/** What a price did this round. */
export const ROUND_BANDS: readonly Band[] = [
  { belowBps: -600, word: 'crashes', standsForBps: -900 },
  { belowBps: -300, word: 'dives', standsForBps: -420 },
  { belowBps: -120, word: 'falls', standsForBps: -190 },
  { belowBps: -40, word: 'slips', standsForBps: -70 },
  { belowBps: 40, word: 'flat', standsForBps: 0 },
  { belowBps: 120, word: 'ticks', standsForBps: 70 },
  { belowBps: 300, word: 'rises', standsForBps: 190 },
  { belowBps: 600, word: 'jumps', standsForBps: 420 },
  { belowBps: Number.POSITIVE_INFINITY, word: 'soars', standsForBps: 900 },
];

/** What a price did since the opening bell. */
export const DAY_BANDS: readonly Band[] = [
  { belowBps: -700, word: 'wrecked', standsForBps: -1_000 },
  { belowBps: -250, word: 'low', standsForBps: -400 },
  { belowBps: -80, word: 'soft', standsForBps: -150 },
  { belowBps: 80, word: 'even', standsForBps: 0 },
  { belowBps: 250, word: 'firm', standsForBps: 150 },
  { belowBps: 700, word: 'high', standsForBps: 400 },
  { belowBps: Number.POSITIVE_INFINITY, word: 'record', standsForBps: 1_000 },
];

/** What the trader's own equity did since the opening bell. */
export const GAIN_BANDS: readonly Band[] = [
  { belowBps: -1_500, word: 'bleeding', standsForBps: -2_200 },
  { belowBps: -500, word: 'hurt', standsForBps: -900 },
  { belowBps: -150, word: 'down', standsForBps: -300 },
  { belowBps: 150, word: 'level', standsForBps: 0 },
  { belowBps: 500, word: 'up', standsForBps: 300 },
  { belowBps: 1_500, word: 'winning', standsForBps: 900 },
  { belowBps: Number.POSITIVE_INFINITY, word: 'rich', standsForBps: 2_200 },
];

export function bandOf(bands: readonly Band[], bps: number): Band {
  const band = bands.find(({ belowBps }) => bps < belowBps) ?? bands.at(-1);
  if (!band) throw new Error('bandOf needs at least one band');
  return band;
}

/** How ready a trader is to walk this turn. It is drawn outside the model, so that the model need not toss coins. */
export interface Mood {
  word: string;
  /** The trader walks when its temperament's chance, in basis points, is above this. */
  thresholdBps: number;
  /** Which of the rooms draws the trader, 0 to 1. */
  pull: number;
  /** Whether the trader walks as if nobody else were here. */
  leaves: boolean;
}

export const MOODS: readonly Mood[] = [
  { word: 'settled', thresholdBps: 6_500, pull: 0.5, leaves: false },
  { word: 'calm', thresholdBps: 6_000, pull: 0.5, leaves: false },
  { word: 'idle', thresholdBps: 4_200, pull: 0.5, leaves: false },
  { word: 'curious', thresholdBps: 3_200, pull: 0.25, leaves: false },
  { word: 'restless', thresholdBps: 1_400, pull: 0.7, leaves: false },
  { word: 'itching', thresholdBps: 1_000, pull: 0.2, leaves: true },
  { word: 'fidgety', thresholdBps: 1_000, pull: 0.55, leaves: true },
];

/** The mood depends on the text that names the show and the turn, and on nothing else. */
export function moodOf(turn: string): Mood {
  const mood = MOODS[hashText(`mood/${turn}`) % MOODS.length];
  if (!mood) throw new Error('there are no moods');
  return mood;
}

const FULL_SHARE = 0.9;
const WORTH_TELLING_SHARE = 0.05;
const NEARLY_BROKE_BPS = -7_500;

/**
 * What a model was trained on: 1, the prompt before the floor remembered; 2, with what comes to mind, and how it stands with those
 * who are here. A model gets the prompt that it was trained on.
 */
export type CompactEdition = 1 | 2;
/** What a corpus is written in. */
export const COMPACT_EDITION: CompactEdition = 2;

/** What a sequence begins with: the trader's name, which stands for all that the model has learned about it. */
export function compactPersona(persona: Persona): string {
  return `${persona.name}\n`;
}

/** This turn, for a model of the compact style. Throws nothing; text that people wrote is cleaned. */
export function compactText(
  observation: Observation,
  persona: Persona,
  mood: Mood,
  subjects: Subjects,
  edition: CompactEdition = 1,
): string {
  const marked = newsWithSubject(observation.headlines, subjects)?.headline;
  return [
    `in ${observation.roomName} ${mood.word}`,
    ...observation.headlines.map((headline) => {
      const mark = headline === marked ? ` ${SUBJECT_MARK}` : '';
      return `news ${headline.names ?? 'all'} ${TONE_WORDS[headline.tone]}${mark}`;
    }),
    // A tip on the phone is to this model what a rumour is: its vocabulary has no other word for it.
    ...(observation.phone
      ? [`news ${observation.phone.names ?? 'all'} ${TONE_WORDS[observation.phone.tone]}`]
      : []),
    ...situation(observation, persona),
    ...company(observation, edition),
    ...(edition >= 2 ? memories(observation) : []),
    heardLine(observation),
  ]
    .filter((line) => line !== '')
    .map((line) => `${line}\n`)
    .join('');
}

const TONE_WORDS = { up: 'good', down: 'bad', flat: 'dull' } as const;

function situation(observation: Observation, persona: Persona): string[] {
  const { phase, standing, prices, gainBps, episodeGainBps, roundsLeft, ownTurns } = observation;
  const lines = [];
  if (phase === 'intermission') lines.push('break');
  if (standing === 'intern') lines.push('intern');
  if (phase === 'episode') {
    for (const { instrument, roundBps, episodeBps } of prices)
      lines.push(`${instrument} ${bandOf(ROUND_BANDS, roundBps).word} ${bandOf(DAY_BANDS, episodeBps).word}`);
  }
  if (standing === 'trading') {
    const broke = gainBps <= NEARLY_BROKE_BPS ? ' broke' : '';
    lines.push(`book ${holdings(observation, persona)} ${bandOf(GAIN_BANDS, episodeGainBps).word}${broke}`);
  }
  const last = ownTurns.at(-1);
  if (last?.refusal === 'no_buying_power') lines.push(`refused ${last.trade}`);
  if (phase === 'episode' && roundsLeft <= 2) lines.push(roundsLeft <= 1 ? 'bell now' : 'bell near');
  return lines;
}

/** The largest first; `full` means as large as the mandate allows. */
function holdings(observation: Observation, persona: Persona): string {
  const told = observation.positions
    .filter(({ valueCents }) => valueCents > observation.equityCents * WORTH_TELLING_SHARE)
    .toSorted((a, b) => b.valueCents - a.valueCents)
    .map((position) => {
      if (position.side === 'short') return `short ${position.instrument}`;
      const full = shareOfMandate(position, observation.equityCents, persona) >= FULL_SHARE;
      return `${position.instrument} ${full ? 'full' : 'some'}`;
    });
  return largestPosition(observation) === null ? ['cash', ...told].join(' ') : told.join(' ');
}

/** 1 when a long position and its overlay's short together take all the margin that the equity allows. */
function shareOfMandate(position: SeenPosition, equityCents: number, { mandate }: Persona): number {
  const { instrument, valueCents } = position;
  return (valueCents * marginShare(instrument, mandate)) / Math.max(1, equityCents);
}

function marginShare(instrument: Instrument, mandate: Persona['mandate']): number {
  const overlay = mandate.overlay?.when === instrument ? mandate.overlay : null;
  return (
    1 / mandate.leverage[instrument] +
    (overlay ? overlay.ratioBps / BPS / mandate.leverage[overlay.short] : 0)
  );
}

function company({ company, justLeft }: Observation, edition: CompactEdition): string[] {
  const here = company.map((other) => {
    const standing = edition >= 2 ? standingWord(other.feeling ?? 0) : '';
    return `${other.name}${other.justWalkedIn ? ' new' : ''}${standing}`;
  });
  return [
    here.length === 0 ? 'alone' : `here ${here.join(' ')}`,
    ...(justLeft.length === 0 ? [] : [`left ${justLeft.join(' ')}`]),
  ];
}

function standingWord(feeling: number): string {
  if (feeling <= -TOLD_FEELING) return ' grudge';
  return feeling >= TOLD_FEELING ? ' liked' : '';
}
/** A feeling from here on has a word. */
export const TOLD_FEELING = 2;

/** What comes to mind: kind, whose it is, whether it is news, whether it is told already; then who, what and how much, in words. */
function memories({ facts = [] }: Observation): string[] {
  return facts.map(({ kind, part, fresh, toldAgo, about, by, instrument, amount, move, count }) =>
    [
      `memory ${kind} ${part} ${fresh ? 'fresh' : 'old'}`,
      ...(toldAgo !== null && toldAgo < TOLD_ROUNDS ? ['told'] : []),
      ...(about ? [`of ${about.name}`] : []),
      ...(by ? [`by ${by.name}`] : []),
      ...[instrument, amount, move, count === null ? null : numberWords(count)].filter(
        (each) => each !== null,
      ),
    ].join(' '),
  );
}

function heardLine({ name, company }: Observation): string {
  const other = whoIsHeard(name, company);
  return other ? `${other.name}: ${cleanQuote(other.said ?? '')}` : '';
}
