/** What a trader said of late: neither to be said again, behind other names, nor to be begun in the same way. Pure. */
import type { Persona } from '#core/content.ts';
import type { Observation } from '#core/observation.ts';
import { INSTRUMENTS } from '#core/vocabulary.ts';
import { maskedWords, wordsOf } from '#lib/words.ts';
import { OPENER_WORDS } from '../lines/openers.ts';

export interface Lately {
  /** The same line was said, whatever it named. */
  isSaid: (text: string) => boolean;
  /** A line began with the same words. */
  isBegun: (text: string) => boolean;
}

export function latelyOf({ saidLately = [], company, rooms }: Observation, cast: readonly Persona[]): Lately {
  const formOf = formsOf(cast, rooms);
  // Most of what is asked is answered by the first line that is tried, so that sets of them would cost more than they save.
  const forms = [...saidLately, ...company.flatMap(({ said }) => said ?? [])].map(formOf);
  const isAmong = (key: keyof Form, text: string): boolean => {
    const form = formOf(text)[key];
    return forms.some((other) => other[key] === form);
  };
  return { isSaid: (text) => isAmong('whole', text), isBegun: (text) => isAmong('opener', text) };
}

/** A line with its names and figures masked, and the first words of it. */
interface Form {
  whole: string;
  opener: string;
}

/** A line is looked at in many turns after it was said. */
const FORMS_KEPT_MAX = 16_384;
const formsIn = new WeakMap<readonly Persona[], WeakMap<Observation['rooms'], (text: string) => Form>>();

/** What a text's form is on this floor; remembers. */
function formsOf(cast: readonly Persona[], rooms: Observation['rooms']): (text: string) => Form {
  const known = formsIn.get(cast)?.get(rooms);
  if (known) return known;
  const names = new Set(
    [...cast, ...rooms].flatMap(({ name }) => wordsOf(name)).concat(INSTRUMENTS.flatMap(wordsOf)),
  );
  const forms = new Map<string, Form>();
  const formOf = (text: string): Form => {
    const before = forms.get(text);
    if (before) return before;
    const words = maskedWords(text, names);
    const form = { whole: words.join(' '), opener: words.slice(0, OPENER_WORDS).join(' ') };
    if (forms.size >= FORMS_KEPT_MAX) forms.clear();
    forms.set(text, form);
    return form;
  };
  const ofCast = formsIn.get(cast) ?? new WeakMap<Observation['rooms'], (text: string) => Form>();
  ofCast.set(rooms, formOf);
  formsIn.set(cast, ofCast);
  return formOf;
}
