/** A model as the lab asks it: by name or file, with the arms that change its prompt. */
import { createHash } from 'node:crypto';
import { createReadStream, statSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import path from 'node:path';
import { askedAs, loadCatalog, type Catalog, type Sampler } from '#brain/catalog.ts';
import { createLlamaBrain, type LlamaOptions } from '#brain/llama.ts';
import { ALL_LINES, COMPACT_LINES, type LineSettings } from '#brain/lines/settings.ts';
import { OtherNames } from '#brain/other-names.ts';
import { COMPACT_KEY_ORDER } from '#brain/prompts/compact.ts';
import { subjectsOf } from '#brain/prompts/subject.ts';
import { DEFAULT_SAMPLER } from '#brain/turn-sampler.ts';
import type { Content, Persona } from '#core/content.ts';
import { DECISION_KEYS } from '#core/decision.ts';
import type { ModelCard } from '#lab/report/card.ts';
import type { Brain, KeyOrder } from '#show/ports/brain.ts';
import { toolLog } from '../command-line.ts';
import { modelOnDisk } from '../model-on-disk.ts';
import { askedHash } from './asked.ts';

type PromptArm = Partial<Pick<LlamaOptions, 'keyOrder' | 'lines' | 'wording' | 'otherNames'>> & {
  what: string;
  cast?: (cast: readonly Persona[]) => Persona[];
  temperature?: number;
};

const withPersona =
  (text: (persona: Persona, index: number, cast: readonly Persona[]) => string) =>
  (cast: readonly Persona[]): Persona[] =>
    cast.map((persona, index) => ({ ...persona, persona: text(persona, index, cast) }));

/** The choices before the words: what is said follows what is done. */
const CHOICES_FIRST: KeyOrder = ['trade', 'size', 'thought', 'speech', 'location'];

/** Woods, of which nobody knows anything. A plural that a model makes of the first two stays in its line. */
const NEUTRAL_NAMES = new OtherNames([
  ['Tech', 'Maple'],
  ['Crypto', 'Walnut'],
  ['Bonds', 'Birches'],
  ['Bond', 'Birch'],
]);

export const PROMPT_ARMS = {
  'no-worked-turns': { what: 'its fixed prompt has no worked turns', lines: { examples: false } },
  'no-guard': {
    what: 'nothing keeps it from copying, and no words are made likelier',
    lines: { guard: false },
  },
  'no-voice': {
    what: 'no words of its persona, of what it hears or of the news are made likelier',
    lines: { voice: false },
  },
  'no-calibration': {
    what: 'it chooses as it is used to: nothing is taken off its habits, no leaning put in their place',
    lines: { calibration: false },
  },
  'as-on-stage': {
    what: 'lent what the show lends it, each line drawn once: the first sentence of what happened, and of a thought what moved most, which its choices follow',
    lines: { memory: true, look: true },
  },
  'no-grammar': {
    what: 'nothing holds it to the schema: what is no decision is a fumble',
    lines: { grammar: false, guard: false, calibration: false, voice: false },
  },
  'no-persona': {
    what: 'told only its name; no worked turns',
    lines: { examples: false },
    cast: withPersona(({ name }) => `You are ${name}.`),
  },
  'one-line-persona': {
    what: 'told its name and title; no worked turns',
    lines: { examples: false },
    cast: withPersona(({ name, title }) => `You are ${name}, ${title}.`),
  },
  'shuffled-persona': {
    what: 'told to be the next of the cast; no worked turns',
    lines: { examples: false },
    cast: withPersona(({ persona }, index, cast) => cast[(index + 1) % cast.length]?.persona ?? persona),
  },
  'choices-first': { what: 'trade and size before the thought', keyOrder: CHOICES_FIRST },
  'wording-letter': { what: 'the house rules as a friendly letter', wording: 'letter' },
  'wording-terse': { what: 'the house rules in telegram style', wording: 'terse' },
  'neutral-names': {
    what: 'instruments go by names that say nothing, in all that it is told',
    otherNames: NEUTRAL_NAMES,
  },
  'temperature-0': {
    what: 'its words are always the likeliest; what it chooses is drawn as ever',
    temperature: 0,
  },
  'temperature-1': { what: 'temperature 1', temperature: 1 },
} as const satisfies Record<string, PromptArm>;
export type PromptArmName = keyof typeof PROMPT_ARMS;
export const isPromptArm = (name: string): name is PromptArmName => Object.hasOwn(PROMPT_ARMS, name);

export interface ModelRow {
  model: string;
  arm: PromptArmName | null;
  seed: number;
  threads: number | undefined;
  /** Worlds that it thinks for at once. */
  floors: number;
}

export interface OpenModel {
  brain: Brain;
  card: ModelCard;
  /** The shipped model was trained on the show's own world. */
  trainedOnTheWorld: boolean;
}

/** Why this model cannot be asked so; null where it can. Throws InputError for a model that is not on this machine. */
export function armRefusal(model: string, name: PromptArmName): string | null {
  const { entry } = modelOnDisk(model);
  const arm: PromptArm = PROMPT_ARMS[name];
  const why =
    askedAs(entry).promptStyle === 'compact'
      ? whyNotCompact(name, arm)
      : sameSampler(entry?.sampler ?? DEFAULT_SAMPLER, arm)
        ? 'samples as it is sampled anyway'
        : null;
  return why === null ? null : `arm ${name}: ${model} ${why}; name another arm`;
}

function whyNotCompact(name: PromptArmName, arm: PromptArm): string | null {
  if (arm.wording !== undefined || arm.cast !== undefined)
    return 'is told no house rules and of its persona the name alone, so that other words change nothing';
  if (arm.otherNames !== undefined) return 'has learned the instruments by their names';
  if (name === 'no-grammar')
    return 'cannot write JSON by itself: it has learned only what stands between its keys';
  if (arm.keyOrder?.join() === COMPACT_KEY_ORDER.join()) return 'chooses first anyway';
  return leavesOutNothing(arm) ? 'plays without that anyway' : null;
}

function sameSampler({ temperature, choiceTemperature = temperature }: Sampler, arm: PromptArm): boolean {
  return arm.temperature === temperature && arm.temperature === choiceTemperature;
}

function leavesOutNothing({ lines }: PromptArm): boolean {
  return (
    lines !== undefined && Object.keys(lines).every((part) => !COMPACT_LINES[part as keyof LineSettings])
  );
}

/** Of the words in which the model is asked, as a card has it. Throws InputError for a model that is not on this machine. */
export function askedOf(content: Content, { model, arm: name }: Pick<ModelRow, 'model' | 'arm'>): string {
  const arm: PromptArm | null = name === null ? null : PROMPT_ARMS[name];
  const { promptStyle, trainedOn } = askedAs(modelOnDisk(model).entry);
  const isCompact = promptStyle === 'compact';
  return askedHash({
    cast: castOf(content, arm),
    rooms: content.office.rooms,
    promptStyle,
    trainedOn,
    subjects: subjectsOf(content.headlines),
    keyOrder: arm?.keyOrder ?? (isCompact ? COMPACT_KEY_ORDER : DECISION_KEYS),
    wording: arm?.wording,
    otherNames: arm?.otherNames,
    examples: { ...(isCompact ? COMPACT_LINES : ALL_LINES), ...arm?.lines }.examples,
  });
}

const castOf = ({ cast }: Content, arm: PromptArm | null): readonly Persona[] => arm?.cast?.(cast) ?? cast;

/** Rejects with an InputError for a model that is not on this machine. */
export async function openModel(content: Content, row: ModelRow): Promise<OpenModel> {
  const { file, entry } = modelOnDisk(row.model);
  const arm: PromptArm | null = row.arm === null ? null : PROMPT_ARMS[row.arm];
  const sampler = samplerOf(entry?.sampler, arm);
  const asked = askedAs(entry);
  const brain = await createLlamaBrain({
    modelFile: file,
    cast: castOf(content, arm),
    rooms: content.office.rooms,
    ...asked,
    sampler,
    subjects: subjectsOf(content.headlines),
    seed: row.seed,
    threads: row.threads,
    // A row can be played again, whatever else the machine does.
    repeatable: true,
    keyOrder: arm?.keyOrder,
    wording: arm?.wording,
    otherNames: arm?.otherNames,
    // What it would have said by itself is what is measured.
    lines: { memory: false, look: false, ...arm?.lines },
    floors: row.floors,
    log: toolLog,
  });
  const sha256 = await sha256Of(file);
  const { fileBytes, threads, llamaCpp } = brain.info;
  return {
    brain,
    card: {
      file: path.basename(file),
      fileBytes,
      sha256,
      licence: licenceOf({ file, sha256 }, loadCatalog()),
      promptStyle:
        asked.promptStyle === 'compact'
          ? 'compact'
          : brain.template === 'jinja'
            ? 'chat template'
            : 'plain script',
      asked: askedOf(content, row),
      sampler: asSampled(sampler),
      threads,
      llamaCpp,
    },
    trainedOnTheWorld: entry !== undefined && entry !== null && 'cast' in entry,
  };
}

function samplerOf(own: LlamaOptions['sampler'], arm: PromptArm | null): LlamaOptions['sampler'] {
  if (arm?.temperature === undefined) return own;
  const base = own ?? DEFAULT_SAMPLER;
  return { ...base, temperature: arm.temperature, choiceTemperature: arm.temperature };
}

/** As `samplerFor` reads it: a row that names no repeat penalty has the usual one. */
function asSampled(own: Sampler = DEFAULT_SAMPLER): Sampler {
  return { ...own, repeatPenalty: own.repeatPenalty ?? DEFAULT_SAMPLER.repeatPenalty };
}

/** What the catalog says of just this file, whatever it is called here; of another file of a known name, that it goes by the name. */
export function licenceOf(
  { file, sha256 }: { file: string; sha256: string },
  { shipped = [], models }: Catalog,
): string | null {
  const all = [...shipped, ...models];
  const known = all.find((entry) => entry.sha256 === sha256);
  if (known) return known.licence;
  const named = all.find((entry) => path.basename(entry.file) === path.basename(file));
  if (!named) return null;
  return named.sha256 === null
    ? named.licence
    : `${named.licence} (by the name of the file; its contents are others)`;
}

async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

/** Rejects as {@link openModel} does. */
export function modelBytes(model: string): number {
  return statSync(modelOnDisk(model).file).size;
}
