/** Templates and what fills them. */
import { hashText } from '#core/chance/hash-text.ts';
import type { Observation } from '#core/observation.ts';
import { Prng } from '#core/chance/prng.ts';
import { expansions, type Bank, type Slot } from '#core/script.ts';
import type { Instrument } from '#core/vocabulary.ts';
import { largestPosition } from './policy.ts';

export type Slots = Partial<Record<Slot, string>>;

/** Words that are the same in all lines of a turn. */
export function turnSlots(observation: Observation): Slots {
  return {
    mine: largestPosition(observation) ?? 'cash',
    gain: percent(observation.episodeGainBps),
    room: observation.roomName,
  };
}

/** From here on a round's move is worth naming; below it, the episode's move is named. */
const SUDDEN_BPS = 50;

/** The instrument and the words that agree with it in number: Bonds are plural. */
export function aboutSlots(instrument: Instrument, observation: Observation): Slots {
  const many = instrument === 'Bonds';
  const price = observation.prices.find((each) => each.instrument === instrument);
  const sudden = Math.abs(price?.roundBps ?? 0) >= SUDDEN_BPS;
  return {
    instrument,
    is: many ? 'are' : 'is',
    was: many ? 'were' : 'was',
    has: many ? 'have' : 'has',
    s: many ? '' : 's',
    they: many ? 'they' : 'it',
    them: many ? 'them' : 'it',
    move: percent((sudden ? price?.roundBps : price?.episodeBps) ?? 0),
  };
}

/** Unsigned, for people: `3%`, `0.4%`. */
export function percent(bps: number): string {
  const size = Math.min(Math.abs(bps) / 100, 9_999);
  return size >= 10 ? `${Math.round(size)}%` : `${Math.round(size * 10) / 10}%`;
}

/** The filled template, with a capital at the start of each sentence; null when a slot has nothing to fill it. */
export function fill(template: string, slots: Slots): string | null {
  let lacking = false;
  const text = template.replace(/\{(\w+)\}/g, (_, slot: string, at: number) => {
    const filled = slots[slot as Slot];
    if (filled === undefined) lacking = true;
    const begins = at === 0 || /[^.][.!?] $/.test(template.slice(0, at));
    return begins ? capitalised(filled ?? '') : (filled ?? '');
  });
  return lacking ? null : text;
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A bank's templates for a situation: those for the instrument, else the general ones, else the fallback's. */
export function templatesFor(
  bank: Bank,
  fallback: Bank,
  situation: string,
  instrument: Instrument | null,
): readonly string[] {
  const special = instrument ? bank[`${situation}.${instrument}`] : undefined;
  return special ?? bank[situation] ?? fallback[situation] ?? [];
}

/**
 * A bank's sentences in the order in which to try them this round. A bank is dealt like a deck that was shuffled once, a card
 * a round, so that a line comes back only after all others. The round's number is all that has to be remembered.
 */
export function deckFor(templates: readonly string[], key: string, round: number): string[] {
  const sentences = sentencesOf(templates);
  const size = Math.max(1, sentences.length);
  const deck = new Prng(Prng.seed(hashText(key))).shuffle(sentences);
  const top = round % size;
  return [...deck.slice(top), ...deck.slice(0, top)];
}

/** Banks do not change, and what they come to is asked for every turn. */
const sentences = new WeakMap<readonly string[], readonly string[]>();

/** Every choice of every template. One that can become many sentences gives a few of them, so that it does not crowd out the rest. */
function sentencesOf(templates: readonly string[]): readonly string[] {
  const known = sentences.get(templates);
  if (known) return known;
  const all = templates.flatMap((template) => {
    const ways = new Prng(Prng.seed(hashText(template))).shuffle(expansions(template));
    return ways.slice(0, WAYS_OF_A_TEMPLATE);
  });
  sentences.set(templates, all);
  return all;
}
const WAYS_OF_A_TEMPLATE = 6;
