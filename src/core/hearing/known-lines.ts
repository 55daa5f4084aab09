/** Lines of the cast's own banks are recognised, whatever fills their slots. */
import type { Persona } from '../content.ts';
import type { Bank, SpeechSituation } from '../script.ts';
import { CHATTER, MEANINGS, recallMeaning, type Meaning } from './meaning.ts';

interface KnownLine {
  /** The longest run of plain text in the template: a cheap first test. */
  fragment: string;
  pattern: RegExp;
  meaning: Meaning;
}

/** Of everybody in the cast, and of `others`, which belong to nobody. */
export function knownLines(cast: readonly Persona[], others: readonly Bank[] = []): KnownLine[] {
  const lines: KnownLine[] = [];
  const add = (template: string, meaning: Meaning) => {
    const fragment = template
      .split(/\{\w+\}|\[[^\]]*\]/)
      .reduce((longest, part) => (part.length > longest.length ? part : longest), '');
    lines.push({ fragment, pattern: new RegExp(patternOf(template)), meaning });
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

/** `{slot}` matches anything within a sentence, `[a|b]` matches a or b, all else matches itself. */
function patternOf(template: string): string {
  return template.replace(/\{\w+\}|[$()*+.?[\\\]^{|}]/g, (part) => {
    if (part.length > 1) return '[^.!?]*?';
    if (part === '[') return '(?:';
    if (part === ']') return ')';
    return part === '|' ? part : `\\${part}`;
  });
}

export type Recognise = (text: string) => Meaning | null;
const RECOGNISED_KEPT_MAX = 4_096;

/** A line is heard by several, and banks come round again: what it means is worked out once. */
export function remembering(known: readonly KnownLine[]): Recognise {
  const meanings = new Map<string, Meaning | null>();
  return (text) => {
    const before = meanings.get(text);
    if (before !== undefined) return before;
    if (meanings.size >= RECOGNISED_KEPT_MAX) meanings.clear();
    const meaning = recognised(text, known);
    meanings.set(text, meaning);
    return meaning;
  };
}

/** A line may hold two remarks in a row: a question counts most, otherwise the last remark. */
function recognised(text: string, known: readonly KnownLine[]): Meaning | null {
  let best: { meaning: Meaning; rank: number } | null = null;
  for (const { fragment, pattern, meaning } of known) {
    if (!text.includes(fragment)) continue;
    const at = text.search(pattern);
    if (at < 0) continue;
    const rank =
      at +
      (meaning.act.startsWith('ask') ? 1_000 : 0) +
      (meaning === CHATTER ? -1_000 : 0) +
      fragment.length / 1_000;
    if (best === null || rank > best.rank) best = { meaning, rank };
  }
  return best?.meaning ?? null;
}
