// c: @fugood/llama.node, the best published peer that installs here: llama.cpp with parallel slots and a JSON schema.
import { loadModel, toggleNativeLog } from '@fugood/llama.node';
import {
  contextTokens,
  ownStart,
  plainText,
  temperature,
  topK,
  topP,
  traders,
  type RoundResult,
  type Scenes,
  type Way,
} from './scenes.ts';

export async function peerWay(
  modelFile: string,
  scenes: Scenes,
  threads: number,
): Promise<{ way: Way; note: string }> {
  await toggleNativeLog(false);
  const context = await loadModel({
    model: modelFile,
    n_ctx: contextTokens * traders.length,
    n_batch: 512,
    n_ubatch: 512,
    n_parallel: traders.length,
    n_threads: threads,
    n_gpu_layers: 0,
    flash_attn_type: 'auto',
    kv_unified: false,
  });
  await context.parallel.enable({ n_parallel: traders.length, n_batch: 512 });
  const info = context.getSystemInfo();
  const vectors = /AVX|NEON/.test(info)
    ? ''
    : ' (built without vector instructions: compare c2 for its method)';
  const way: Way = {
    name: 'c  @fugood/llama.node, 4 slots',
    async close() {
      context.parallel.disable();
      await context.release();
    },
    async round(round): Promise<RoundResult> {
      const started = performance.now();
      const answers = await Promise.all(
        traders.map(async (trader) => {
          const { promise } = await context.parallel.completion({
            prompt:
              plainText(scenes.frame.opening(scenes.shared)) +
              plainText(ownStart(scenes, trader)) +
              plainText(scenes.frame.turn(scenes.news(round, trader))),
            response_format: { type: 'json_schema', json_schema: { schema: scenes.jsonSchema } },
            temperature,
            top_k: topK,
            top_p: topP,
            penalty_repeat: 1,
            n_predict: scenes.maxTokens,
            seed: round * 4 + trader,
          });
          return promise;
        }),
      );
      const tokens = { evaluated: 0, forced: 0, sampled: 0 };
      for (const answer of answers) {
        tokens.evaluated += answer.tokens_evaluated;
        tokens.sampled += answer.tokens_predicted;
      }
      return {
        milliseconds: performance.now() - started,
        tokens,
        characters: answers.reduce((sum, { text }) => sum + text.length, 0),
      };
    },
  };
  return { way, note: `c runs on: ${info.trim()}${vectors}` };
}
