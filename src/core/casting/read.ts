/** A file that a producer hands in becomes a persona that fits the floor, or a list of what is wrong with it, field by field. */
import { personaSchema, type Content, type Persona } from '../content.ts';
import { looksLikeCard, personaOfCard, readCard, traderName } from './card.ts';
import { faultsOf, type Fault } from './fault.ts';
import { bankFaults, harmless } from './harmless.ts';
import { isPng, pngText } from './png-text.ts';
import { plain } from './plain.ts';

/** In the order in which they are looked for. */
export const FILE_LIMITS = { jsonBytes: 262_144, pngBytes: 8_388_608, castMin: 2, castMax: 10 } as const;

/** What a producer says beside the file; it wins over what the file says. */
export interface Wishes {
  name?: string | undefined;
  title?: string | undefined;
  emoji?: string | undefined;
}

export type FileProblem =
  | 'neither_json_nor_png'
  | 'no_card_in_png'
  | 'broken_json'
  | 'file_too_large'
  | 'empty';

export type Read =
  | { ok: true; persona: Persona; from: 'persona' | 'card'; examples: number }
  | { ok: false; problem: FileProblem }
  | { ok: false; faults: Fault[] };

const FAULTS_SHOWN = 12;

/** `cast`: whoever plays beside it. `blocks` is true for a text that must not be shown. */
export function readPersona(
  bytes: Uint8Array,
  wishes: Wishes,
  { cast, office }: Pick<Content, 'cast' | 'office'>,
  blocks: (text: string) => boolean,
): Read {
  const file = jsonIn(bytes);
  if (!file.ok) return file;
  const drafted = looksLikeCard(file.json)
    ? fromCard(file.json, wishes, { cast, office })
    : fromPersonaFile(file.json, wishes);
  if (!drafted.ok) return drafted;
  const { persona } = drafted;
  const faults = fitFaults(persona, { cast, office }, blocks).slice(0, FAULTS_SHOWN);
  if (faults.length > 0) return { ok: false, faults };
  return { ...drafted, examples: persona.examples?.length ?? 0 };
}

function jsonIn(bytes: Uint8Array): { ok: true; json: unknown } | { ok: false; problem: FileProblem } {
  const fails = (problem: FileProblem) => ({ ok: false as const, problem });
  if (bytes.length === 0) return fails('empty');
  let text: string;
  if (isPng(bytes)) {
    if (bytes.length > FILE_LIMITS.pngBytes) return fails('file_too_large');
    const card = pngText(bytes, 'ccv3') ?? pngText(bytes, 'chara');
    if (card === null) return fails('no_card_in_png');
    if (card.length > FILE_LIMITS.jsonBytes * 2) return fails('file_too_large');
    const decoded = fromBase64(card);
    if (decoded === null) return fails('broken_json');
    text = decoded;
  } else {
    if (bytes.length > FILE_LIMITS.jsonBytes) return fails('file_too_large');
    text = new TextDecoder().decode(bytes);
    if (!/^[\s\uFEFF]*[{[]/u.test(text)) return fails('neither_json_nor_png');
  }
  try {
    const json: unknown = JSON.parse(text.replace(/^\uFEFF/u, ''));
    return { ok: true, json };
  } catch {
    return fails('broken_json');
  }
}

/** Null for what is no base64. */
function fromBase64(text: string): string | null {
  try {
    return new TextDecoder().decode(Uint8Array.from(atob(text.trim()), (char) => char.charCodeAt(0)));
  } catch {
    return null;
  }
}

type Draft = { ok: true; persona: Persona; from: 'persona' | 'card' } | { ok: false; faults: Fault[] };

function fromPersonaFile(json: unknown, { name, title, emoji }: Wishes): Draft {
  const wished =
    typeof json === 'object' && json !== null && !Array.isArray(json)
      ? {
          ...json,
          ...(name !== undefined && { name, id: name.toLowerCase() }),
          ...(title !== undefined && { title }),
          ...(emoji !== undefined && { emoji }),
        }
      : json;
  const parsed = personaSchema.safeParse(wished);
  if (!parsed.success) return { ok: false, faults: faultsOf(parsed.error.issues, FAULTS_SHOWN) };
  return checked(parsed.data, 'persona');
}

const EMOJIS = ['🎭', '🃏', '🦊', '🐙', '🦉', '🐝', '🦄', '🐢', '🦖', '🧿', '🪄', '🎲'];
const COLORS = [
  '#e69f00',
  '#56b4e9',
  '#f0e442',
  '#b07aa1',
  '#9c755f',
  '#59a14f',
  '#edc948',
  '#76b7b2',
  '#ff9da7',
  '#af7aa1',
  '#86bcb6',
  '#f28e2b',
];

function fromCard(json: unknown, wishes: Wishes, { cast, office }: Pick<Content, 'cast' | 'office'>): Draft {
  const read = readCard(json);
  if (!read.ok) return { ok: false, faults: faultsOf(read.issues, FAULTS_SHOWN) };
  const { card } = read;
  const name = traderName(wishes.name ?? card.name);
  if (name === null) return { ok: false, faults: [{ field: 'name', rule: 'form', form: 'name' }] };
  const tag = card.tags.map((each) => traderName(plain(each))).find((each) => each !== null);
  const taken = new Set(cast.map((one) => one.emoji.replaceAll('\uFE0F', '')));
  const homes = (room: string): number => cast.filter(({ homeRoom }) => homeRoom === room).length;
  const [home] = office.rooms.toSorted((a, b) => b.seats - homes(b.id) - (a.seats - homes(a.id)));
  const persona = personaOfCard(card, {
    name,
    title: plain(wishes.title ?? (tag === undefined ? 'The Guest' : `The ${tag}`)),
    emoji: wishes.emoji?.trim() ?? EMOJIS.find((each) => !taken.has(each)) ?? '🎭',
    color: COLORS.find((each) => cast.every(({ color }) => color !== each)) ?? '#999999',
    homeRoom: home?.id ?? '',
    other: cast.find(({ id }) => id !== name.toLowerCase()) ?? null,
  });
  const parsed = personaSchema.safeParse(persona);
  if (!parsed.success) return { ok: false, faults: faultsOf(parsed.error.issues, FAULTS_SHOWN) };
  return checked(parsed.data, 'card');
}

/** Cleaned, it must still be what the schema asks for: a line of signs alone is none. */
function checked(persona: Persona, from: 'persona' | 'card'): Draft {
  const faults = bankFaults(persona);
  if (faults.length > 0) return { ok: false, faults };
  const again = personaSchema.safeParse(harmless(persona));
  return again.success
    ? { ok: true, persona: again.data, from }
    : { ok: false, faults: faultsOf(again.error.issues, FAULTS_SHOWN) };
}

/** A trader speaks through a webhook, and Discord refuses these names. */
export function isRefusedName(name: string): boolean {
  return /clyde|discord/iu.test(name) || /^(?:everyone|here)$/iu.test(name);
}

/** What keeps a persona from this floor: others who are like it, rooms that are not there, words that may not be shown. */
export function fitFaults(
  persona: Persona,
  { cast, office }: Pick<Content, 'cast' | 'office'>,
  blocks: (text: string) => boolean,
): Fault[] {
  const faults: Fault[] = [];
  const bare = (emoji: string): string => emoji.replaceAll(/[\uFE0E\uFE0F]/gu, '');
  if (isRefusedName(persona.name)) faults.push({ field: 'name', rule: 'refusedName', value: persona.name });
  for (const field of ['id', 'name', 'emoji', 'color'] as const) {
    const other = cast.find((one) => bare(one[field]) === bare(persona[field]));
    if (other && !(field === 'id' && other.name === persona.name))
      faults.push({ field, rule: 'taken', value: persona[field], by: other.name });
  }
  const rooms = office.rooms.map(({ id }) => id);
  const allowed = rooms.join(', ');
  if (!rooms.includes(persona.homeRoom)) faults.push({ field: 'homeRoom', rule: 'oneOf', allowed });
  (persona.examples ?? []).forEach(({ sees, does }, at) => {
    if (!rooms.includes(sees.room))
      faults.push({ field: `examples[${at}].sees.room`, rule: 'oneOf', allowed });
    if (!rooms.includes(does.goesTo))
      faults.push({ field: `examples[${at}].does.goesTo`, rule: 'oneOf', allowed });
  });
  const shown: [string, string][] = [
    ['title', persona.title],
    ['titleDe', persona.titleDe ?? ''],
    ['persona', persona.persona],
    ['obituary', persona.obituary],
    ['debut.line', persona.debut?.line ?? ''],
    ...(persona.examples ?? []).map(({ does }, at): [string, string] => [
      `examples[${at}].does`,
      `${does.thought} ${does.speech}`,
    ]),
    ...Object.entries(persona.script?.says ?? {}).map(([situation, lines]): [string, string] => [
      `script.says.${situation}`,
      lines.join(' '),
    ]),
  ];
  for (const [field, text] of shown) if (blocks(text)) faults.push({ field, rule: 'blocked' });
  return faults;
}
