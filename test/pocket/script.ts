/**
 * The cast with all that the pocket model's corpus may say: the scripted brain's banks and the phrases of
 * models/pocket/phrases, in which `[a|b|c]` is one of a, b and c.
 */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Persona } from '#core/content.ts';
import type { Prng } from '#core/prng.ts';
import type { Bank } from '#core/script.ts';
import { HOUSE_SAYS, HOUSE_THINKS } from '#brain/scripted/house.ts';

const bankSchema = z.record(z.string(), z.array(z.string().min(1)).min(1));
const phrasesSchema = z.strictObject({ says: bankSchema, thinks: bankSchema });
export type Phrases = z.infer<typeof phrasesSchema>;

/** The phrases of one trader. Throws when the file is missing or is no bank of phrases. */
export function phrasesOf(id: string): Phrases {
  const file = new URL(`../../models/pocket/phrases/${id}.json`, import.meta.url);
  return phrasesSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
}

/** All that `[a|b][c|d]` may become. */
export function expansions(phrase: string): string[] {
  const choice = /\[([^\]]*)\]/.exec(phrase);
  if (!choice) return [phrase];
  const [whole, options = ''] = choice;
  return options
    .split('|')
    .flatMap((option) =>
      expansions(phrase.slice(0, choice.index) + option + phrase.slice(choice.index + whole.length)),
    );
}

/** One of all that a phrase may become. */
export function oneOf(phrase: string, prng: Prng): string {
  return phrase.replace(/\[([^\]]*)\]/g, (_, options: string) => prng.pick(options.split('|')));
}

/** The cast as an ear has to know it: every phrase written out. */
export function castWithPhrases(cast: readonly Persona[]): Persona[] {
  return cast.map((persona) => {
    if (!persona.script) return persona;
    const says: Record<string, string[]> = {};
    const { script } = persona;
    for (const [situation, templates] of Object.entries(script.says)) says[situation] = [...templates];
    for (const [situation, phrases] of Object.entries(phrasesOf(persona.id).says))
      says[situation] = [...(says[situation] ?? []), ...phrases.flatMap(expansions)];
    return { ...persona, script: { ...script, says } };
  });
}

/** A persona's own templates and phrases for a situation, to draw from: phrases weigh more, as they are many in one. */
export class Repertoire {
  readonly #says: Bank;
  readonly #thinks: Bank;
  readonly #phrases: Phrases;

  constructor(persona: Persona) {
    this.#says = persona.script?.says ?? {};
    this.#thinks = persona.script?.thinks ?? {};
    this.#phrases = phrasesOf(persona.id);
  }

  speech(situation: string, instrument: string | null, prng: Prng): string {
    return draw(this.#says, this.#phrases.says, HOUSE_SAYS, situation, instrument, prng);
  }

  thought(situation: string, instrument: string | null, prng: Prng): string {
    return draw(this.#thinks, this.#phrases.thinks, HOUSE_THINKS, situation, instrument, prng);
  }
}

const PHRASE_WEIGHT = 2;

function draw(
  bank: Bank,
  phrases: Bank,
  house: Bank,
  situation: string,
  instrument: string | null,
  prng: Prng,
): string {
  const special = instrument ? (bank[`${situation}.${instrument}`] ?? []) : [];
  const own = [...special, ...(special.length > 0 && prng.chance(5_000) ? [] : (bank[situation] ?? []))];
  const more = phrases[situation] ?? [];
  const all = [...own, ...Array.from({ length: PHRASE_WEIGHT }, () => more).flat()];
  return oneOf(prng.pick(all.length > 0 ? all : (house[situation] ?? ['Hm.'])), prng);
}
