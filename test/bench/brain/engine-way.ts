import { openEngine, type Mind } from '#brain/engine/engine.ts';
import {
  contextTokens,
  ownStart,
  temperature,
  topK,
  topP,
  traders,
  type RoundResult,
  type Scenes,
  type Way,
} from './scenes.ts';

export interface EngineWay extends Way {
  /** Sampled tokens of each trader's last answer, for the floor. */
  sampled(): readonly number[];
  /** Tokens of a trader's fixed prompt, on the mean. */
  prefixTokens: number;
}

/** @param threads undefined leaves the choice to the engine */
export async function engineWay(
  modelFile: string,
  scenes: Scenes,
  threads: number | undefined,
): Promise<EngineWay> {
  const engine = await openEngine({
    modelFile,
    sequences: traders.length,
    contextTokensPerSequence: contextTokens,
    ...(threads !== undefined && { threads }),
  });
  const minds: Mind[] = [];
  let prefixTokens = 0;
  for (const trader of traders) {
    const sharedText = scenes.frame.opening(scenes.shared);
    const personaText = ownStart(scenes, trader);
    prefixTokens += (engine.countTokens(sharedText) + engine.countTokens(personaText)) / traders.length;
    minds.push(
      await engine.mind({ id: `trader ${trader}`, sharedText, personaText, addBos: scenes.frame.addBos }),
    );
  }
  let sampled: readonly number[] = [];
  return {
    name: 'd  this engine',
    sampled: () => sampled,
    prefixTokens,
    async round(round): Promise<RoundResult> {
      const started = performance.now();
      const answers = await Promise.all(
        minds.map((mind, trader) =>
          mind.answer({
            text: scenes.frame.turn(scenes.news(round, trader)),
            schema: scenes.schema,
            sampler: { temperature, topK, topP, seed: round * 4 + trader },
          }),
        ),
      );
      const milliseconds = performance.now() - started;
      const tokens = { evaluated: 0, forced: 0, sampled: 0 };
      for (const answer of answers) {
        tokens.evaluated += answer.tokens.evaluated;
        tokens.forced += answer.tokens.forced;
        tokens.sampled += answer.tokens.sampled;
      }
      sampled = answers.map((answer) => answer.tokens.sampled);
      return { milliseconds, tokens, characters: answers.reduce((sum, { json }) => sum + json.length, 0) };
    },
    close: () => engine.close(),
  };
}
