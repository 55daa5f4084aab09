/** Templates and what fills them. */
import { hashText } from '#core/chance/hash-text.ts';
import { SUDDEN_BPS } from '#core/trading/most-moved.ts';
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

/** The instrument and the words that agree with it in number: Bonds are plural. A small move of the round gives way to the episode's. */
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
  let text = '';
  for (const part of partsOf(template)) {
    if (typeof part === 'string') {
      text += part;
      continue;
    }
    const filled = slots[part.slot];
    if (filled === undefined) return null;
    text += part.begins ? capitalised(filled) : filled;
  }
  return text;
}

/** Plain text, or a slot; `begins`: it is the first of a sentence. */
type TemplatePart = string | { slot: Slot; begins: boolean };

/** Banks are asked for the same templates every round. */
const parts = new Map<string, readonly TemplatePart[]>();
const PARTS_KEPT_MAX = 8_192;

function partsOf(template: string): readonly TemplatePart[] {
  const known = parts.get(template);
  if (known) return known;
  const made = template.split(/(\{\w+\})/).map((text, index, all): TemplatePart => {
    if (index % 2 === 0) return text;
    const before = all.slice(0, index).join('');
    return { slot: text.slice(1, -1) as Slot, begins: before === '' || /[^.][.!?] $/.test(before) };
  });
  if (parts.size >= PARTS_KEPT_MAX) parts.clear();
  parts.set(template, made);
  return made;
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
 * What `take` makes of the first of a bank's sentences that it takes; null when it takes none. A bank is dealt like a deck that
 * was shuffled once, a card a round, so that a line comes back only after all others. The round's number is all that has to be
 * remembered.
 */
export function deal(
  templates: readonly string[],
  key: string,
  round: number,
  take: (sentence: string) => string | null,
): string | null {
  const deck = shuffledDeck(templates, key);
  for (let at = 0; at < deck.length; at += 1) {
    const sentence = deck[(round + at) % deck.length];
    const taken = sentence === undefined ? null : take(sentence);
    if (taken !== null) return taken;
  }
  return null;
}

/** As many as one show deals from, and a few more; hundreds of shows would each keep their own. */
const decks = new Map<string, { templates: readonly string[]; deck: readonly string[] }>();
const DECKS_KEPT_MAX = 1_024;

function shuffledDeck(templates: readonly string[], key: string): readonly string[] {
  const known = decks.get(key);
  if (known?.templates === templates) return known.deck;
  const deck = Prng.seeded(hashText(key)).shuffle(sentencesOf(templates));
  if (decks.size >= DECKS_KEPT_MAX) decks.clear();
  decks.set(key, { templates, deck });
  return deck;
}

/** Banks do not change, and what they come to is asked for every turn. */
const sentences = new WeakMap<readonly string[], readonly string[]>();

/** Every choice of every template. One that can become many sentences gives a few of them, so that it does not crowd out the rest. */
function sentencesOf(templates: readonly string[]): readonly string[] {
  const known = sentences.get(templates);
  if (known) return known;
  const all = templates.flatMap((template) => {
    const ways = Prng.seeded(hashText(template)).shuffle(expansions(template));
    return ways.slice(0, WAYS_OF_A_TEMPLATE);
  });
  sentences.set(templates, all);
  return all;
}
const WAYS_OF_A_TEMPLATE = 6;
