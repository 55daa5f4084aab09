import type { GbnfJsonSchema, LlamaModel } from 'node-llama-cpp';
import type { askedAs } from '#brain/catalog.ts';
import { chatFrameOf, PLAIN_FRAME, type ChatFrame } from '#brain/engine/template.ts';
import type { AnswerSchema, PromptText } from '#brain/engine/engine.ts';
import { COMPACT_KEY_ORDER, compactPersona, compactText, moodOf } from '#brain/prompts/compact.ts';
import { answerFields } from '#brain/prompts/prompt.ts';
import { subjectsOf } from '#brain/prompts/subject.ts';
import { content } from '#test/support/floor.ts';
import { vocabularyWords } from '#test/support/gguf-vocabulary.ts';
import {
  maxAnswerTokens,
  personaOf,
  roomNames,
  seedSchema,
  showTurns,
  type ShowTurn,
} from '../show-turns.ts';

/** The work, which is the same for every way. */
export interface Scenes {
  frame: ChatFrame;
  shared: string;
  personas: readonly string[];
  /** The new text for a trader in a round. */
  news(round: number, trader: number): string;
  /** As the engine is asked. */
  schema: AnswerSchema;
  /** As the library's ways are asked. */
  jsonSchema: GbnfJsonSchema;
  /** No answer of the library's ways is longer. */
  maxTokens: number;
}

export const traders = [0, 1, 2, 3];
export const contextTokens = 1024;
export const temperature = 0.8;
export const topK = 40;
export const topP = 0.95;

/** A way of asking, measured round by round. */
export interface Way {
  name: string;
  round(round: number): Promise<RoundResult>;
  close(): Promise<void>;
}

export interface RoundResult {
  milliseconds: number;
  /** The time of all four turns together. */
  tokens: { evaluated: number; forced: number; sampled: number };
  /** Characters in the four answers together. */
  characters: number;
}

const fixedSchema = [
  { name: 'thought', kind: 'string', minLength: 160, maxLength: 160 },
  { name: 'trade', kind: 'enum', values: ['Tech', 'Crypto', 'Bonds', 'Hold'] },
  { name: 'size', kind: 'enum', values: ['Small', 'Half', 'AllIn'] },
  { name: 'speech', kind: 'string', minLength: 140, maxLength: 140 },
  { name: 'location', kind: 'enum', values: ['Startup Room', 'VC Office', 'Coffee Shop', 'News Room'] },
] as const satisfies AnswerSchema;
const FIXED_TOKENS_MAX = 250;
const SEED = 7;

/**
 * For random weights, which end nowhere: about 280 fixed tokens, about 120 new ones a turn, and strings of a fixed number of
 * characters for everybody.
 */
export function fixedScenes(model: LlamaModel, chatTemplate: string | undefined): Scenes {
  const spoken = vocabularyWords.filter((word) => /^ [a-z]+$/.test(word));
  let state = 20_240_229;
  const next = (): number => (state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff) / 0x80000000;
  const text = (tokens: number): string => {
    let words = '';
    while (model.tokenize(words).length < tokens)
      words += spoken[Math.floor(next() * spoken.length)] ?? ' the';
    return words;
  };
  const shared = text(200);
  const personas = traders.map(() => text(80));
  const news = new Map<string, string>();
  return {
    frame: chatFrameOf(model, chatTemplate),
    shared,
    personas,
    schema: fixedSchema,
    jsonSchema: jsonSchemaOf(fixedSchema),
    maxTokens: FIXED_TOKENS_MAX,
    news(round, trader) {
      const key = `${round} ${trader}`;
      const known = news.get(key) ?? text(108 + Math.floor(next() * 8));
      news.set(key, known);
      return known;
    },
  };
}

interface ShowAsked extends Partial<Pick<ReturnType<typeof askedAs>, 'promptStyle' | 'trainedOn'>> {
  /** Of the model's file; default: none. */
  chatTemplate?: string | undefined;
  /** That are recorded, four turns each. */
  rounds: number;
}

/**
 * For a real vocabulary: the prompts of a show in the style that the model wants, each way with its own schema. The library's ways are
 * asked as their users ask them, without lengths: on a real vocabulary a string of bounded length would measure llama.cpp's grammar and
 * nothing else.
 */
export async function showScenes(
  model: LlamaModel,
  { chatTemplate, rounds, promptStyle, trainedOn }: ShowAsked,
): Promise<Scenes> {
  const recorded = await showTurns(rounds, SEED);
  const byTrader = (recorded[0] ?? []).toSorted((one, other) => (one.trader < other.trader ? -1 : 1));
  const turnOf = (round: number, trader: number): ShowTurn => {
    const turn = recorded[round]?.find((each) => each.trader === byTrader[trader]?.trader);
    if (!turn) throw new Error(`of ${rounds} rounds there is none with the number ${round}`);
    return turn;
  };
  const all = { jsonSchema: seedSchema, maxTokens: maxAnswerTokens };
  if (promptStyle === 'compact') {
    const subjects = subjectsOf(content.headlines);
    return {
      ...all,
      frame: COMPACT_FRAME,
      shared: '',
      personas: byTrader.map(({ trader }) => compactPersona(personaOf(trader))),
      schema: answerFields(roomNames, COMPACT_KEY_ORDER),
      news(round, trader) {
        const { id, observation } = turnOf(round, trader);
        const mood = moodOf(`${SEED}/${id}`);
        return compactText(observation, personaOf(observation.trader), mood, subjects, trainedOn);
      },
    };
  }
  return {
    ...all,
    frame: chatFrameOf(model, chatTemplate),
    shared: byTrader[0]?.system.shared ?? '',
    personas: byTrader.map(({ system }) => `\n${system.persona}`),
    schema: answerFields(roomNames),
    news: (round, trader) => turnOf(round, trader).user,
  };
}

/** The compact style has nothing around its texts. */
const COMPACT_FRAME: ChatFrame = { ...PLAIN_FRAME, beforeTurn: () => [], turn: (text) => text };

/** What is fixed for one trader behind the shared text, up to where a turn's text begins. */
export function ownStart({ frame, personas }: Scenes, trader: number): PromptText {
  return [personas[trader] ?? '', ...frame.beforeTurn([])];
}

function jsonSchemaOf(fields: AnswerSchema): GbnfJsonSchema {
  const properties = fields.map((field): [string, GbnfJsonSchema] => [
    field.name,
    field.kind === 'enum'
      ? { enum: field.values }
      : { type: 'string', minLength: field.minLength ?? 0, maxLength: field.maxLength },
  ]);
  return {
    type: 'object',
    properties: Object.fromEntries(properties),
    required: fields.map(({ name }) => name),
    additionalProperties: false,
  };
}

export function plainText(prompt: PromptText): string {
  if (typeof prompt === 'string') return prompt;
  return prompt.map((piece) => (typeof piece === 'string' ? piece : piece.markup)).join('');
}
