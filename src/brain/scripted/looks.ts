/**
 * What a trader has before its eyes: the first sentence of a thought about what moved most, for a model that goes on in words of its
 * own. It states a rise or a fall and no order: what is made of it is the model's choice. Pure.
 */
import type { Persona } from '#core/content.ts';
import { mostMoved } from '#core/trading/most-moved.ts';
import type { Observation } from '#core/observation.ts';
import { expansions, type Bank } from '#core/script.ts';
import { DEFAULT_THINKS } from './default-voice.ts';
import { aboutSlots, deal, fill, templatesFor } from './fill.ts';

/** For a persona whose bank has few of them. */
const PLAIN = {
  chase: [
    '{instrument} {is} up {move}.',
    '{instrument} rose {move}.',
    '{instrument} gained {move}.',
    '{move} more for {instrument}.',
    'Plus {move} on {instrument}.',
    'Somebody wants {instrument}.',
  ],
  dip: [
    '{instrument} {is} down {move}.',
    '{instrument} fell {move}.',
    '{instrument} lost {move}.',
    '{move} less for {instrument}.',
    'Minus {move} on {instrument}.',
    'Nobody wants {instrument}.',
  ],
} as const satisfies Bank;
const ENOUGH = 6;

/**
 * The same seed and observation give the same sentence. Null where nothing moved enough, where nothing is traded, and in the scenes
 * that have a subject of their own.
 * @param isCopied whether a sentence holds what the trader was told or thought of late
 */
export function lookFor(
  observation: Observation,
  cast: readonly Persona[],
  seed: number,
  isCopied: (sentence: string) => boolean = () => false,
): string | null {
  const { phase, standing, scene, lookingBack, prices, round, trader } = observation;
  if (phase === 'intermission' || standing === 'intern' || scene || lookingBack) return null;
  const most = mostMoved(prices);
  if (!most) return null;
  const situation = most.roundBps > 0 ? 'chase' : 'dip';
  const bank: Bank = cast.find(({ id }) => id === trader)?.script?.thinks ?? {};
  const slots = aboutSlots(most.instrument, observation);
  return deal(
    looksIn(templatesFor(bank, DEFAULT_THINKS, situation, most.instrument), PLAIN[situation]),
    `look/${seed}/${trader}/${situation}`,
    round,
    (template) => {
      if (slots.s === '' && SINGULAR.test(template)) return null;
      const sentence = fill(template, slots);
      return sentence === null || isCopied(sentence) ? null : sentence;
    },
  );
}

/** Banks do not change, and what they begin with is asked for every turn. */
const looks = new WeakMap<readonly string[], readonly string[]>();

/**
 * How the bank's thoughts begin where that names the instrument, and is true of every rise or fall; with too few, the plain ones
 * beside them.
 */
function looksIn(templates: readonly string[], plain: readonly string[]): readonly string[] {
  const known = looks.get(templates);
  if (known) return known;
  const begins = templates.flatMap(expansions).flatMap((text) => /^.*?[.!?](?=\s|$)/.exec(text) ?? []);
  const own = new Set(
    begins.filter((text) => text.includes('{instrument}') && !SAYS_MORE.test(text) && !UNSAFE.test(text)),
  );
  const all = [...own, ...(own.size < ENOUGH ? plain : [])];
  looks.set(templates, all);
  return all;
}

/** An order, or what its thinker does, has missed, or read: the model may do otherwise, hold it, and have read another thing. */
const SAYS_MORE =
  /\b(?:buy|sell|take|grab|hold|chasing|more {instrument}|miss|missed|i|me|my|mine|we|us|no|news)\b/i;
/** What guards of lines refuse, and what stands for something else in JSON. */
const UNSAFE = /[:;"“”\\()[\]<>|*_`~#^=@$]/u;
/** Where {s} or {is} would agree with a plural, a bank says it of one. */
const SINGULAR = /\{instrument\} \p{L}+s\b/u;
