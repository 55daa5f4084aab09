/** Lines of the cast's own banks are recognised, whatever fills their slots. */
import type { Persona } from '../content.ts';
import type { Bank, SpeechSituation } from '../script.ts';
import { CHATTER, MEANINGS, recallMeaning, type Meaning } from './meaning.ts';

interface KnownLine {
  /** The longest run of plain text in the template: a cheap first test. */
  fragment: string;
  /** Whoever says the line says one text of each of these: the fragment, and a way to fill each choice. */
  certain: readonly (readonly string[])[];
  /** Compiled when a text first has the fragment: most lines are never said. */
  pattern: () => RegExp;
  meaning: Meaning;
}

/** Of everybody in the cast, and of `others`, which belong to nobody. */
export function knownLines(cast: readonly Persona[], others: readonly Bank[] = []): KnownLine[] {
  const lines: KnownLine[] = [];
  const add = (template: string, meaning: Meaning) => {
    const fragment = longest(template.split(/\{\w+\}|\[[^\]]*\]/));
    const choices = template.match(/\[[^\]]*\]/g) ?? [];
    const ways = choices.map((choice) =>
      choice
        .slice(1, -1)
        .split('|')
        .map((way) => longest(way.split(/\{\w+\}/))),
    );
    let compiled: RegExp | undefined;
    const pattern = () => (compiled ??= new RegExp(patternOf(template)));
    lines.push({ fragment, certain: [[fragment], ...ways], pattern, meaning });
  };
  for (const bank of [...others, ...cast.map((persona) => persona.script?.says ?? {})]) {
    for (const [key, templates] of Object.entries(bank)) {
      const meaning = MEANINGS[key.split('.')[0] as SpeechSituation] ?? CHATTER;
      for (const template of templates) add(template, meaning);
    }
  }
  for (const { script } of cast) {
    for (const remark of Object.values(script?.toward ?? {}).flat()) add(remark, { act: 'tease', stance: 0 });
    for (const [key, templates] of Object.entries(script?.recalls ?? {}))
      for (const template of templates) add(template, recallMeaning(key));
  }
  return lines;
}

function longest(parts: readonly string[]): string {
  return parts.reduce((a, b) => (b.length > a.length ? b : a), '');
}

/** `{slot}` matches anything within a sentence, `[a|b]` matches a or b, all else matches itself. */
function patternOf(template: string): string {
  return template.replace(/\{\w+\}|[$()*+.?[\\\]^{|}]/g, (part) => {
    if (part.length > 1) return '[^.!?]*?';
    if (part === '[') return '(?:';
    if (part === ']') return ')';
    return part === '|' ? part : `\\${part}`;
  });
}

/** `rank`: the higher one counts, of what a text may be. */
export interface Recognised {
  meaning: Meaning;
  rank: number;
}

export type Recognise = (text: string) => Recognised | null;
const RECOGNISED_KEPT_MAX = 16_384;

/** A line is heard by several, and banks come round again: what it means is worked out once. */
export function remembering(known: readonly KnownLine[]): Recognise {
  const candidates = indexOf(known);
  const meanings = new Map<string, Recognised | null>();
  return (text) => {
    const before = meanings.get(text);
    if (before !== undefined) return before;
    if (meanings.size >= RECOGNISED_KEPT_MAX) meanings.clear();
    const meaning = recognised(text, candidates(text));
    meanings.set(text, meaning);
    return meaning;
  };
}

/** A line may hold two remarks in a row: a question counts most, otherwise the last remark, and of equals the first known. */
function recognised(text: string, candidates: readonly KnownLine[]): Recognised | null {
  let best: Recognised | null = null;
  for (const { fragment, pattern, meaning } of candidates) {
    if (!text.includes(fragment)) continue;
    const at = text.search(pattern());
    if (at < 0) continue;
    const rank =
      at +
      (meaning.act.startsWith('ask') ? 1_000 : 0) +
      (meaning === CHATTER ? -1_000 : 0) +
      fragment.length / 1_000;
    if (best === null || rank > best.rank) best = { meaning, rank };
  }
  return best;
}

/** Characters of a text that a line is filed under. */
const GRAM = 4;

/**
 * Finds the few lines that a text can be, in the order in which they are known. Each is filed under the rarest runs of four
 * characters that whoever says it must say, and a text is looked through once for runs that something is filed under.
 */
function indexOf(known: readonly KnownLine[]): (text: string) => readonly KnownLine[] {
  const often = new Map<number, number>();
  for (const text of known.flatMap(({ certain }) => certain.flat()))
    for (const gram of gramsOf(text)) often.set(gram, (often.get(gram) ?? 0) + 1);
  const filed = new Map<number, number[]>();
  const always: number[] = [];
  for (const [place, { certain }] of known.entries()) {
    const under = certain
      .map((texts) => texts.map((text) => rarest(text, often)))
      .reduce((a, b) => (sum(b) < sum(a) ? b : a));
    if (sum(under) === Infinity) always.push(place);
    else
      for (const { gram } of under) {
        const places = filed.get(gram);
        if (places) places.push(place);
        else filed.set(gram, [place]);
      }
  }
  return (text) => {
    const places = [...always];
    let gram = 0;
    for (let at = 0; at < text.length; at += 1) {
      gram = (gram << 8) | (text.charCodeAt(at) & 0xff);
      const here = at < GRAM - 1 ? undefined : filed.get(gram);
      if (here) places.push(...here);
    }
    // A run that comes twice names its lines twice, and the second time changes nothing.
    return places.sort((a, b) => a - b).flatMap((place) => known[place] ?? []);
  };
}

/** Of a text's runs the one that lines have least often; a text that is too short for one: as often as can be. */
function rarest(text: string, often: ReadonlyMap<number, number>): { gram: number; times: number } {
  let found = { gram: 0, times: Infinity };
  for (const gram of gramsOf(text)) {
    const times = often.get(gram) ?? 0;
    if (times < found.times) found = { gram, times };
  }
  return found;
}

function sum(filed: readonly { times: number }[]): number {
  return filed.reduce((all, { times }) => all + times, 0);
}

/** Each run of four characters as a number; characters beyond Latin-1 may share one. */
function gramsOf(text: string): number[] {
  const grams: number[] = [];
  let gram = 0;
  for (let at = 0; at < text.length; at += 1) {
    gram = (gram << 8) | (text.charCodeAt(at) & 0xff);
    if (at >= GRAM - 1) grams.push(gram);
  }
  return grams;
}
