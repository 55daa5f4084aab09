/**
 * The brain in this process: one GGUF, one mind for each trader, and all turns in flight are decoded together. Every answer
 * is complete JSON that fits the decision's schema by construction; see engine/.
 */
import path from 'node:path';
import type { LlamaModel } from 'node-llama-cpp';
import type { Persona } from '#core/content.ts';
import { DECISION_KEYS } from '#core/decision.ts';
import type { TraderId } from '#core/vocabulary.ts';
import type { Brain, KeyOrder } from '#show/ports/brain.ts';
import { type Log } from '#show/ports/clock.ts';
import type { CatalogEntry, Sampler, Thinking as ThinkingSwitch } from './catalog.ts';
import { enoughTokens, tokensFor } from './context-size.ts';
import { CONTEXT_TOKENS } from './memory.ts';
import { COMPACT_KEY_ORDER, type CompactEdition } from './prompts/compact.ts';
import type { WordingName } from './prompts/wordings.ts';
import { openEngine, type Engine, type EngineInfo, type ModelFacts } from './engine/engine.ts';
import { PromptTooLongError } from './engine/errors.ts';
import type { GpuChoice } from './gpu.ts';
import {
  chatFrameOf,
  PLAIN_FRAME,
  templateBeside,
  type ChatFrame,
  type ShownTurn,
} from './engine/template.ts';
import { prefixOf, type Asking } from './asking.ts';
import { choicesOf } from './choices/ask-model.ts';
import { ALL_LINES, COMPACT_LINES, type LineSettings } from './lines/settings.ts';
import { Voices } from './lines/voices.ts';
import { TraderGuards } from './lines/trader-guards.ts';
import { Company, type Brought } from './minds/company.ts';
import { Minds, type AskedMind } from './minds/minds.ts';
import type { OtherNames } from './other-names.ts';
import { allWorkedTurns, type Floor } from './prompts/examples.ts';
import { fixedTexts } from './prompts/fixed-text.ts';
import { answerFields } from './prompts/prompt.ts';
import { think } from './model-turn.ts';
import type { Subjects } from './prompts/subject.ts';

export interface LlamaOptions {
  modelFile: string;
  cast: readonly Persona[];
  /** Those of the cast who need not have a mind, by the show that brought them. Default: nobody. */
  brought?: Brought | undefined;
  /** In the office's order: part of the fixed prompt. */
  rooms: Floor['rooms'];
  sampler?: Sampler | undefined;
  /** What headlines are about, for the compact style. */
  subjects?: Subjects | undefined;
  /** How the model is kept from thinking aloud, as the catalog says. Default: guessed from its chat template. */
  thinking?: ThinkingSwitch | undefined;
  /** How the model wants to be asked. Default: `chat`, by its chat template. */
  promptStyle?: CatalogEntry['promptStyle'] | undefined;
  /** The compact prompt that the model was trained on. Default: 1. */
  trainedOn?: CompactEdition | undefined;
  /** What the show calls this brain. Default: `llama` and the file's name. */
  label?: string | undefined;
  /** With another seed, the same show gets other words. */
  seed: number;
  threads?: number | undefined;
  /** As `EngineOptions` has it. */
  repeatable?: boolean | undefined;
  /** The folder that keeps evaluated prompts between starts. Default: none are kept. */
  cacheDir?: string | undefined;
  /** Tokens of fixed prompt, observation and answer together. Default: as many as the model needs, see context-size.ts. */
  contextTokens?: number | undefined;
  keyOrder?: KeyOrder | undefined;
  /** Of the house rules; the compact style has none. Default: the show's. */
  wording?: WordingName | undefined;
  /** What some things are called before the model. Default: as the show calls them. */
  otherNames?: OtherNames | undefined;
  /** Floors that it plays on at once, each with a mind for every trader: their turns share the passes. Default: 1. */
  floors?: number | undefined;
  /** What is left out of the work on its lines. Default: nothing. */
  lines?: Partial<LineSettings> | undefined;
  log: Log;
  /** Which GPU computes; none when left out. */
  gpu?: GpuChoice | undefined;
  /** A line for the person at the terminal: which GPU computes, or why it does not; what is odd about the chat template. */
  notice?: ((line: string) => void) | undefined;
  /** Told whether a GPU computes, before the weights are read. */
  computes?: ((onGpu: boolean) => void) | undefined;
  onProgress?: ((progress: LoadProgress) => void) | undefined;
}

/**
 * How far a start is: what share of the weights is read, from 0 to 1; then, how many traders' fixed prompts; then, how many neutral
 * turns are asked, where habits are not kept.
 */
export type LoadProgress =
  | { stage: 'weights'; share: number }
  | { stage: 'prompts' | 'habits'; done: number; of: number };

export interface LlamaBrain extends Brain {
  readonly leftOut: ReadonlySet<TraderId>;
  readonly info: EngineInfo;
  /** How the model's chat template was understood. */
  readonly template: string;
  /** Passes over the weights so far. */
  readonly passes: number;
  /** Time that they took. */
  readonly passMilliseconds: number;
}

const CONTEXT_TOKENS_MOST = 4_096;
const COMPACT_CONTEXT_TOKENS = 512;

/**
 * Loads the model and evaluates every trader's fixed prompt. Rejects with ModelFileError, TemplateError, EngineUnavailableError, or
 * InputError for a trader who is too long; the message of each is one line. `think` rejects with a FumbleError: `aborted` or
 * `engine_error`.
 */
export async function createLlamaBrain(given: LlamaOptions): Promise<LlamaBrain> {
  const company = new Company(given);
  const options = { ...given, cast: company.first(Infinity) };
  const { cast, log, promptStyle = 'chat', otherNames, floors = 1 } = options;
  const keyOrder = options.keyOrder ?? (promptStyle === 'compact' ? COMPACT_KEY_ORDER : DECISION_KEYS);
  const lines = { ...(promptStyle === 'compact' ? COMPACT_LINES : ALL_LINES), ...options.lines };
  const shown = lines.examples ? allWorkedTurns(options, keyOrder) : new Map<TraderId, ShownTurn[]>();
  const engine = await openEngine({
    modelFile: options.modelFile,
    sequences: cast.length * floors,
    leastSequences: company.own.length * floors,
    contextTokensPerSequence:
      options.contextTokens ?? (promptStyle === 'compact' ? COMPACT_CONTEXT_TOKENS : CONTEXT_TOKENS),
    ...(options.contextTokens === undefined &&
      promptStyle === 'chat' && {
        enoughTokens: (model: LlamaModel, { chatTemplate }: ModelFacts, sequences: number) => {
          const frame = frameFor(model, chatTemplate, options);
          const asking = { ...options, keyOrder, frame, shown };
          const most = Math.max(CONTEXT_TOKENS, Math.min(CONTEXT_TOKENS_MOST, model.trainContextSize));
          const prefixes = company
            .first(sequences / floors)
            .map((persona) => ({ persona, prefix: ownPrefixOf(persona, asking) }))
            // Whoever will be left out needs nothing.
            .filter(
              ({ persona, prefix }) => !company.isBrought(persona) || tokensFor(model, prefix).least <= most,
            );
          return Math.min(
            most,
            enoughTokens(
              model,
              prefixes.map(({ prefix }) => prefix),
            ),
          );
        },
      }),
    ...(options.threads !== undefined && { threads: options.threads }),
    repeatable: options.repeatable,
    ...(options.cacheDir !== undefined && { cacheDir: options.cacheDir }),
    gpu: options.gpu,
    notice: options.notice,
    computes: options.computes,
    onProgress: (share) => options.onProgress?.({ stage: 'weights', share }),
    log: (line) => log.debug({ engine: line }, 'llama.cpp'),
    warn: (line) => log.warn({ model: path.basename(options.modelFile) }, line),
  });
  try {
    const frame = frameFor(engine.model, engine.info.chatTemplate, options);
    if (promptStyle === 'chat' && frame.note !== null) {
      if (options.notice) options.notice(`${path.basename(options.modelFile)}: ${frame.note}`);
      else log.warn({ model: engine.info.file }, frame.note);
    }
    const guards = lines.guard
      ? new TraderGuards(cast, options.rooms, fixedTexts(options, keyOrder, shown, options.wording))
      : null;
    const voices = lines.voice ? new Voices(cast, options.rooms) : null;
    const minds = new Map<TraderId, AskedMind>();
    const allMinds = new Minds();
    company.seat(engine.sequences / floors);
    const seated = company.members;
    for (const [done, persona] of seated.entries()) {
      options.onProgress?.({ stage: 'prompts', done, of: seated.length });
      const prefix = ownPrefixOf(persona, { ...options, keyOrder, frame, shown });
      try {
        if (promptStyle === 'chat' && company.isBrought(persona)) checkRoom(engine, prefix);
        for (let floor = 0; floor < floors; floor += 1) {
          const own = await engine.mind({ id: mindId(persona.id, floor), ...prefix });
          const mind = otherNames?.of(own) ?? own;
          if (floor === 0) minds.set(persona.id, mind);
          allMinds.add(persona.id, mind);
        }
      } catch (error) {
        company.leaveOut(persona, error);
      }
    }
    const schema = answerFields(
      options.rooms.map(({ name }) => name),
      keyOrder,
    );
    engine.prepare(schema);
    const choices = lines.calibration
      ? await choicesOf(minds, {
          ...options,
          keyOrder,
          frame,
          shown,
          schema,
          model: engine.info.fingerprint,
          looks: lines.look,
          measured: (done, of) => options.onProgress?.({ stage: 'habits', done, of }),
          unable: (persona, error) => {
            company.leaveOut(persona, error);
            allMinds.without(persona.id);
          },
        })
      : null;
    const thinking = {
      ...options,
      keyOrder,
      minds: allMinds,
      frame,
      guards,
      voices,
      choices,
      shown,
      memory: lines.memory,
      look: lines.look,
      grammar: lines.grammar,
    };
    return {
      label: options.label ?? `llama ${path.basename(options.modelFile)}`,
      info: engine.info,
      template: frame.kind,
      leftOut: company.leftOut,
      get passes() {
        return engine.passes;
      },
      get passMilliseconds() {
        return engine.passMilliseconds;
      },
      async think(turn, signal) {
        return await think(turn, signal, thinking);
      },
      close: () => engine.close(),
    };
  } catch (error) {
    await engine.close();
    throw error;
  }
}

/** @throws PromptTooLongError for a fixed prompt beside which the fullest turn has no room: it would fumble again and again */
function checkRoom({ model, info }: Engine, prefix: ReturnType<typeof prefixOf>): void {
  const { least } = tokensFor(model, prefix);
  const { contextTokensPerSequence: tokens } = info;
  if (least > tokens)
    throw new PromptTooLongError(`It needs a context of ${Math.ceil(least)} tokens, and has ${tokens}.`);
}

function ownPrefixOf(
  persona: Persona,
  { otherNames, ...asking }: Asking & Pick<LlamaOptions, 'otherNames'>,
): ReturnType<typeof prefixOf> {
  const prefix = prefixOf(persona, asking);
  if (!otherNames) return prefix;
  const { sharedText, personaText } = prefix;
  return { ...prefix, sharedText: otherNames.told(sharedText), personaText: otherNames.told(personaText) };
}

/** The compact style has a format of its own and no use for a template. */
function frameFor(
  model: LlamaModel,
  chatTemplate: string | undefined,
  { promptStyle, modelFile, thinking }: LlamaOptions,
): ChatFrame {
  if (promptStyle === 'compact') return PLAIN_FRAME;
  return chatFrameOf(model, templateBeside(modelFile) ?? chatTemplate, thinking);
}

const mindId = (trader: TraderId, floor: number): string => (floor === 0 ? trader : `${trader}~${floor}`);
