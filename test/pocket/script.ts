/**
 * The cast with all that the pocket model's corpus may say: the scripted brain's banks and the phrases in
 * models/pocket/phrases, where `[a|b|c]` is one of a, b and c.
 */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Persona } from '#core/content.ts';
import type { Prng } from '#core/chance/prng.ts';
import type { Bank } from '#core/script.ts';
import { DEFAULT_SAYS, DEFAULT_THINKS } from '#brain/scripted/default-voice.ts';

const bankSchema = z.record(z.string(), z.array(z.string().min(1)).min(1));
const phrasesSchema = z.strictObject({ says: bankSchema, thinks: bankSchema });
export type Phrases = z.infer<typeof phrasesSchema>;

/** The phrases of one trader. Throws when the file is missing or is not a bank of phrases. */
export function phrasesOf(id: string): Phrases {
  const file = new URL(`../../models/pocket/phrases/${id}.json`, import.meta.url);
  return phrasesSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
}

/** All sentences that `[a|b][c|d]` can become. */
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

/** One of the sentences that a phrase can become. */
export function oneOf(phrase: string, prng: Prng): string {
  return phrase.replace(/\[([^\]]*)\]/g, (_, options: string) => prng.pick(options.split('|')));
}

/** Situations of phrases that name the subject of the news, and the bank's situations as which they are heard. */
export const TOPICAL: Readonly<Record<string, string>> = {
  newsUp: 'topicUp',
  cheer: 'topicUp',
  newsDown: 'topicDown',
  panic: 'topicDown',
  newsFlat: 'topicFlat',
  news: 'topic',
};

/** The cast as an ear must know it: with every phrase. */
export function castWithPhrases(cast: readonly Persona[]): Persona[] {
  return cast.map((persona) => {
    if (!persona.script) return persona;
    const says: Record<string, string[]> = {};
    const { script } = persona;
    for (const [situation, templates] of Object.entries(script.says)) says[situation] = [...templates];
    for (const [situation, phrases] of Object.entries(phrasesOf(persona.id).says)) {
      const heardAs = Object.keys(TOPICAL).find((plain) => TOPICAL[plain] === situation) ?? situation;
      says[heardAs] = [...(says[heardAs] ?? []), ...phrases];
    }
    return { ...persona, script: { ...script, says } };
  });
}

/** A phrase is many sentences, a template of the bank is one. */
const PHRASE_WEIGHT = 4;
/** How often an instrument's own lines are chosen, if there are any, in basis points. */
const SPECIAL_BPS = 2_500;

/** A persona's own templates and phrases for a situation, to draw from. A phrase is many sentences, so it weighs more. */
export class Repertoire {
  readonly #says: Bank;
  readonly #thinks: Bank;
  readonly #phrases: Phrases;
  readonly #weighed = new Map<string, readonly string[]>();

  constructor(persona: Persona) {
    this.#says = persona.script?.says ?? {};
    this.#thinks = persona.script?.thinks ?? {};
    this.#phrases = phrasesOf(persona.id);
  }

  speech(situation: string, instrument: string | null, prng: Prng): string {
    return this.#draw('says', situation, instrument, prng);
  }

  thought(situation: string, instrument: string | null, prng: Prng): string {
    return this.#draw('thinks', situation, instrument, prng);
  }

  #draw(kind: 'says' | 'thinks', situation: string, instrument: string | null, prng: Prng): string {
    const bank = kind === 'says' ? this.#says : this.#thinks;
    const special = instrument ? bank[`${situation}.${instrument}`] : undefined;
    if (special && prng.chance(SPECIAL_BPS)) return prng.pick(special);
    return oneOf(prng.pick(this.#all(kind, situation)), prng);
  }

  #all(kind: 'says' | 'thinks', situation: string): readonly string[] {
    const key = `${kind}/${situation}`;
    const known = this.#weighed.get(key);
    if (known) return known;
    const own = (kind === 'says' ? this.#says : this.#thinks)[situation] ?? [];
    const phrases = this.#phrases[kind][situation] ?? [];
    const house: Bank = kind === 'says' ? DEFAULT_SAYS : DEFAULT_THINKS;
    const found = [...own, ...Array.from({ length: PHRASE_WEIGHT }, () => phrases).flat()];
    const all = found.length > 0 ? found : (house[situation] ?? ['Hm.']);
    this.#weighed.set(key, all);
    return all;
  }
}
