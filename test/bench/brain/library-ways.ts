// The ways that node-llama-cpp offers, and the floor that no way can beat.
import {
  type GbnfJsonSchema,
  LlamaChatSession,
  LlamaGrammarEvaluationState,
  type Llama,
  type LlamaContextSequence,
  type LlamaGrammar,
  type LlamaModel,
  type Token,
} from 'node-llama-cpp';
import { nativeLayerOf } from '#brain/engine/native.ts';
import { tokenizePrompt } from '#brain/engine/prompt-text.ts';
import { isWhole } from '../show-turns.ts';
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

export interface Bench {
  llama: Llama;
  model: LlamaModel;
  scenes: Scenes;
  threads: number;
}

async function contextFor({ model, threads }: Bench, sequences: number) {
  return model.createContext({
    sequences,
    contextSize: contextTokens,
    batchSize: 512,
    threads,
    flashAttention: 'auto',
  });
}

async function grammarFor({ llama, scenes }: Bench): Promise<LlamaGrammar> {
  const grammar: LlamaGrammar = await llama.createGrammarForJsonSchema<GbnfJsonSchema>(scenes.jsonSchema);
  return grammar;
}

/**
 * a: one chat session that plays each trader in turn. Each prompt begins with the persona, as people write prompts who do not
 * think of the cache: nearly all of it is evaluated again every turn.
 */
export async function oneSessionWay(bench: Bench): Promise<Way> {
  return oneSession(
    'a  one session for all, in turn',
    bench,
    (shared, persona) => `${persona.trim()}\n${shared}`,
  );
}

/** a2: the same, but with the prompt in the engine's order, so that the shared text stays evaluated. */
export async function orderedSessionWay(bench: Bench): Promise<Way> {
  return oneSession('a2 the same, shared text first', bench, (shared, persona) => shared + persona);
}

async function oneSession(name: string, bench: Bench, systemText: SystemText): Promise<Way> {
  const context = await contextFor(bench, 1);
  const session = new LlamaChatSession({ contextSequence: context.getSequence() });
  const sessions = traders.map(() => session);
  return sessionsWay({ name, sessions, systemText, close: () => context.dispose() }, bench);
}

/** b: a session for each trader, one after another. */
export async function ownSessionsWay(bench: Bench): Promise<Way> {
  const context = await contextFor(bench, traders.length);
  const sessions = traders.map(() => new LlamaChatSession({ contextSequence: context.getSequence() }));
  const systemText: SystemText = (shared, persona) => shared + persona;
  return sessionsWay(
    { name: 'b  own sessions, in turn', sessions, systemText, close: () => context.dispose() },
    bench,
  );
}

type SystemText = (shared: string, persona: string) => string;

interface Sessions {
  name: string;
  /** By trader. */
  sessions: readonly LlamaChatSession[];
  systemText: SystemText;
  close: () => Promise<void>;
}

async function sessionsWay({ name, sessions, systemText, close }: Sessions, bench: Bench): Promise<Way> {
  const { scenes } = bench;
  const grammar = await grammarFor(bench);
  return {
    name,
    close,
    async round(round): Promise<RoundResult> {
      const tokens = { evaluated: 0, forced: 0, sampled: 0 };
      let characters = 0;
      const started = performance.now();
      for (const trader of traders) {
        const session = sessions[trader];
        if (!session) continue;
        const before = session.sequence.tokenMeter.getState();
        session.setChatHistory([
          { type: 'system', text: systemText(scenes.shared, scenes.personas[trader] ?? '') },
        ]);
        const answer = await session.prompt(scenes.news(round, trader), {
          grammar,
          temperature,
          topK,
          topP,
          seed: round * 4 + trader,
          maxTokens: scenes.maxTokens,
        });
        const used = session.sequence.tokenMeter.diff(before);
        tokens.evaluated += used.usedInputTokens;
        tokens.sampled += used.usedOutputTokens;
        characters += answer.length;
      }
      return { milliseconds: performance.now() - started, tokens, characters };
    },
  };
}

/**
 * c2: the peer's method, on the binary that the other ways use: each trader has a sequence with a kept prefix, plain sampling
 * under the grammar, and all sequences are in every batch.
 */
export async function sharedBatchWay(bench: Bench): Promise<Way> {
  const { model, scenes } = bench;
  const context = await contextFor(bench, traders.length);
  const grammar = await grammarFor(bench);
  const sequences = traders.map(() => context.getSequence());
  const prefixes = prefixesOf(bench);
  for (const trader of traders)
    await sequences[trader]?.evaluateWithoutGeneratingNewTokens(prefixes[trader] ?? []);
  const ask = (sequence: LlamaContextSequence, news: readonly Token[], seed: number) => {
    const grammarEvaluationState = new LlamaGrammarEvaluationState({ model, grammar });
    return sequence.evaluate([...news], { temperature, topK, topP, seed, grammarEvaluationState });
  };
  return {
    name: 'c2 grammar, all in each batch',
    close: () => context.dispose(),
    async round(round): Promise<RoundResult> {
      const tokens = { evaluated: 0, forced: 0, sampled: 0 };
      let characters = 0;
      const started = performance.now();
      const answering = [];
      for (const [trader, sequence] of sequences.entries()) {
        const kept = prefixes[trader]?.length ?? 0;
        await sequence.eraseContextTokenRanges([{ start: kept, end: sequence.nextTokenIndex }]);
        const news = newsTokens(bench, round, trader);
        tokens.evaluated += news.length;
        answering.push({ iterator: ask(sequence, news, round * 4 + trader), written: [] as Token[] });
      }
      for (let waiting = answering; waiting.length > 0;) {
        const steps = await Promise.all(waiting.map(({ iterator }) => iterator.next()));
        for (const [index, step] of steps.entries()) if (!step.done) waiting[index]?.written.push(step.value);
        waiting = waiting.filter(
          ({ written }, index) =>
            steps[index]?.done !== true &&
            written.length < scenes.maxTokens &&
            !isWhole(model.detokenize(written)),
        );
      }
      const milliseconds = performance.now() - started;
      for (const { iterator, written } of answering) {
        await iterator.return();
        tokens.sampled += written.length;
        characters += model.detokenize(written).length;
      }
      return { milliseconds, tokens, characters };
    },
  };
}

/**
 * The least that any way must do: evaluate the new text and the sampled tokens. One way has all sequences that still write in each
 * batch, the other one after another: which is less hangs on the model and the machine.
 * @param sampled how many tokens each trader's answer of this round is to have
 */
export async function floorWay(
  bench: Bench,
  sampled: () => readonly number[],
  { shared }: { shared: boolean },
): Promise<Way> {
  const context = await contextFor(bench, traders.length);
  const { context: native } = nativeLayerOf(bench.llama, bench.model, context);
  const prefixes = prefixesOf(bench);
  const decode = async (
    rows: readonly (readonly number[])[],
    positions: readonly number[],
    logits: boolean,
  ) => {
    native.initBatch(rows.reduce((sum, { length }) => sum + length, 0));
    for (const trader of traders) {
      const row = rows[trader] ?? [];
      if (row.length === 0) continue;
      native.addToBatch(
        trader,
        positions[trader] ?? 0,
        Uint32Array.from(row),
        logits ? Uint32Array.of(row.length - 1) : new Uint32Array(),
      );
    }
    await native.decodeBatch();
  };
  const only = <Row>(trader: number, row: Row, none: Row): Row[] =>
    traders.map((other) => (other === trader ? row : none));
  for (const trader of traders) await decode(only(trader, prefixes[trader] ?? [], []), [0, 0, 0, 0], false);
  return {
    name: shared ? 'floor: changed + sampled tokens' : 'floor: one after another',
    close: () => context.dispose(),
    async round(round): Promise<RoundResult> {
      const news = traders.map((trader) => newsTokens(bench, round, trader));
      const positions = prefixes.map(({ length }) => length);
      for (const trader of traders) native.removeTokenCellsFromSequence(trader, positions[trader] ?? 0, -1);
      const counts = sampled();
      const write = async (texts: readonly (readonly number[])[], answers: readonly number[]) => {
        await decode(texts, positions, true);
        for (const trader of traders)
          positions[trader] = (positions[trader] ?? 0) + (texts[trader]?.length ?? 0);
        for (let step = 1; step < Math.max(...answers); step++) {
          const rows = answers.map((count) => (step < count ? [step] : []));
          await decode(rows, positions, true);
          for (const trader of traders)
            positions[trader] = (positions[trader] ?? 0) + (rows[trader]?.length ?? 0);
        }
      };
      const started = performance.now();
      if (shared) await write(news, counts);
      else
        for (const trader of traders)
          await write(only(trader, news[trader] ?? [], []), only(trader, counts[trader] ?? 0, 0));
      const milliseconds = performance.now() - started;
      const evaluated = news.reduce((sum, { length }) => sum + length, 0);
      return {
        milliseconds,
        tokens: { evaluated, forced: 0, sampled: counts.reduce((sum, count) => sum + count, 0) },
        characters: 0,
      };
    },
  };
}

function prefixesOf({ model, scenes }: Bench): Token[][] {
  const isAsked = scenes.frame.addBos && model.tokens.shouldPrependBosToken;
  const bos = isAsked && model.tokens.bos !== null ? [model.tokens.bos] : [];
  return traders.map((trader) => [
    ...bos,
    ...(tokenizePrompt(model, scenes.frame.opening(scenes.shared)) as Token[]),
    ...(tokenizePrompt(model, ownStart(scenes, trader)) as Token[]),
  ]);
}

function newsTokens({ model, scenes }: Bench, round: number, trader: number): Token[] {
  return tokenizePrompt(model, scenes.frame.turn(scenes.news(round, trader))) as Token[];
}
