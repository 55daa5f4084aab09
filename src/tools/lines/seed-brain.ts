/**
 * The prompt of the show that this one takes its idea from, on this engine: a persona, the news, who is here and what was just
 * said, with the order to reply to it. Its keys in its order, strings as they come: nothing guards, lands or calibrates them.
 */
import { plainLine } from '#brain/plain-line.ts';
import { samplerSchema, type CatalogEntry, type Sampler } from '#brain/catalog.ts';
import { openEngine, type AnswerSchema, type Mind, type SamplerSettings } from '#brain/engine/engine.ts';
import { pieces } from '#brain/engine/prompt-text.ts';
import { chatFrameOf, templateBeside, type ChatFrame } from '#brain/engine/template.ts';
import { hashText } from '#core/chance/hash-text.ts';
import type { Persona } from '#core/content.ts';
import { decisionSchema, SPEECH_MAX, THOUGHT_MAX } from '#core/decision.ts';
import type { Observation } from '#core/observation.ts';
import { TRADES, type TraderId } from '#core/vocabulary.ts';
import type { Brain } from '#show/ports/brain.ts';
import type { SamplerChanges } from './samplers.ts';

/** Fixed words of the prompt: what a line could be copied from. */
export const SEED_WORDS =
  'News. Market. You have. You are in the. is here. just said. INSTRUCTION: Reply directly to what was said. Answer as JSON with trade, speech, thought and location.';

/** Its author names none but a temperature; the others are those of the library that he used. */
const SEED_SAMPLER: Sampler = { temperature: 0.8, topK: 40, topP: 0.95, minP: 0.05, repeatPenalty: 1 };
const PENALTY_TOKENS = 64;
const CONTEXT_TOKENS = 1_024;

export interface SeedOptions {
  modelFile: string;
  thinking: CatalogEntry['thinking'] | undefined;
  cast: readonly Persona[];
  roomNames: readonly string[];
  sampler: SamplerChanges;
  seed: number;
  threads: number | undefined;
}

/** Rejects as `openEngine` does, and with TemplateError. */
export async function createSeedBrain({
  modelFile,
  thinking,
  cast,
  roomNames,
  sampler,
  seed,
  threads,
}: SeedOptions): Promise<Brain & { readonly passMilliseconds: number }> {
  const engine = await openEngine({
    modelFile,
    sequences: cast.length,
    contextTokensPerSequence: CONTEXT_TOKENS,
    ...(threads !== undefined && { threads }),
  });
  try {
    const frame = chatFrameOf(engine.model, templateBeside(modelFile) ?? engine.info.chatTemplate, thinking);
    const minds = new Map<TraderId, Mind>();
    for (const { id, persona } of cast) {
      const personaText = [...pieces(frame.opening(persona)), ...frame.beforeTurn([])];
      minds.set(id, await engine.mind({ id, sharedText: '', personaText, addBos: frame.addBos }));
    }
    const schema = seedSchema(roomNames);
    const settings = settingsOf(samplerSchema.parse({ ...SEED_SAMPLER, ...sampler }));
    return {
      label: `the seed's prompt, ${engine.info.file}`,
      get passMilliseconds() {
        return engine.passMilliseconds;
      },
      think: async ({ id, observation }, signal) => {
        const mind = minds.get(observation.trader);
        if (!mind) throw new Error(`${observation.trader} is not in the cast`);
        const { fields, json, tokens, milliseconds } = await mind.answer({
          text: asked(frame, observation),
          schema,
          sampler: { ...settings, seed: hashText(`${seed}/${id}`) >>> 0 },
          signal,
        });
        const { thought = '', speech = '', ...rest } = fields;
        const decision = decisionSchema(roomNames).parse({
          ...rest,
          thought: plainLine(thought),
          speech: plainLine(speech),
          size: SIZE,
        });
        return { decision, raw: json, tokens, ms: Math.round(milliseconds) };
      },
      close: () => engine.close(),
    };
  } catch (error) {
    await engine.close();
    throw error;
  }
}

/** The seed has no sizes: it always deals all it can. */
const SIZE = 'AllIn';

function settingsOf({
  temperature,
  topK,
  topP,
  minP,
  repeatPenalty,
}: Sampler): Omit<SamplerSettings, 'seed'> {
  return {
    temperature,
    ...(topK !== null && { topK }),
    ...(topP !== null && { topP }),
    ...(minP !== null && { minP }),
    repetition: { penalty: repeatPenalty ?? 1, lastTokens: PENALTY_TOKENS },
  };
}

function seedSchema(roomNames: readonly string[]): AnswerSchema {
  return [
    { name: 'trade', kind: 'enum', values: TRADES },
    { name: 'speech', kind: 'string', maxLength: SPEECH_MAX },
    { name: 'thought', kind: 'string', maxLength: THOUGHT_MAX },
    { name: 'location', kind: 'enum', values: roomNames },
  ];
}

const asked = (frame: ChatFrame, observation: Observation) => frame.turn(seedText(observation));

/** As its author tells it; what he does not show is in the plainest words. */
export function seedText({ headlines, prices, cashCents, roomName, company }: Observation): string {
  const moves = prices.map(
    ({ instrument, roundBps }) => `${instrument} ${roundBps < 0 ? '' : '+'}${(roundBps / 100).toFixed(1)}%`,
  );
  return [
    ...headlines.map(({ text }) => `News: ${text}`),
    `Market: ${moves.join(', ')}.`,
    `You have $${Math.round(cashCents / 100).toLocaleString('en')}. You are in the ${roomName}.`,
    ...company.map(({ name, said }) =>
      said === null
        ? `${name} is here.`
        : `${name} is here. ${name} just said: '${said}' INSTRUCTION: Reply directly to what ${name} said.`,
    ),
    'Answer as JSON with trade, speech, thought and location.',
  ].join('\n');
}
