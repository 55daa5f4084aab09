// What it costs to judge lines while they are written:
//
//   npm run bench:guard -- [--rounds 60] [--model FILE] [--model-rounds 5] [--threads 1]
//
// First the guards alone: the lines of the scripted brain are written again in pieces as long as an ordinary vocabulary's, under
// guards that know what a brain's guards know (prompt, worked turns, headlines, the last 24 lines and thoughts). A refused piece is
// written all the same. With a model the same calls are timed where they happen, between the passes of real rounds, refused
// tokens among them; the bar is on their share of the rounds' time.
import { LineGuard } from '#brain/lines/line-guard.ts';
import { ALL_LINES } from '#brain/lines/settings.ts';
import { TraderGuards } from '#brain/lines/trader-guards.ts';
import { turnRules } from '#brain/lines/turn-rules.ts';
import { createLlamaBrain } from '#brain/llama.ts';
import { allWorkedTurns } from '#brain/prompts/examples.ts';
import { fixedTexts } from '#brain/prompts/fixed-text.ts';
import { createScriptedBrain } from '#brain/scripted/scripted.ts';
import { DECISION_KEYS, type Decision } from '#core/decision.ts';
import { observe } from '#core/observe.ts';
import { nextSpeakers } from '#core/speaking.ts';
import type { Brain, Turn } from '#show/ports/brain.ts';
import { readArguments, wholeNumber } from '#test/support/arguments.ts';
import { content, Floor } from '#test/support/floor.ts';
import { silentLog } from '#test/support/theatre.ts';
import { modelFileOf } from './brain/catalog-brain.ts';
import { endOnSignals } from './ending.ts';
import { median } from './medians.ts';

const USAGE = 'npm run bench:guard -- [--rounds 60] [--model FILE] [--model-rounds 5] [--threads 1]';
const values = readArguments(USAGE, {
  rounds: { type: 'string', default: '60' },
  model: { type: 'string' },
  'model-rounds': { type: 'string', default: '5' },
  threads: { type: 'string', default: '1' },
});
const rounds = wholeNumber(USAGE, 'rounds', values.rounds, 1);
const modelRounds = wholeNumber(USAGE, 'model-rounds', values['model-rounds'], 1);
const threads = wholeNumber(USAGE, 'threads', values.threads, 1);
const modelFile = values.model === undefined ? undefined : await modelFileOf(USAGE, values.model);

const SEED = 7;
/** Rounds until as much is remembered as ever is, and all code is compiled. */
const WARM_UP = 20;
/** Of a real model, rounds that are not counted. */
const MODEL_WARM_UP = 1;
/** Of a round's time. */
const SHARE_BAR = 0.03;
/** Words and halves of words, with the space before them. */
const PIECES = /\s?[^\s]{1,5}/g;
const { cast, office } = content;
const floor = { cast, rooms: office.rooms };

endOnSignals();
const guards = new TraderGuards(
  cast,
  office.rooms,
  fixedTexts(floor, DECISION_KEYS, allWorkedTurns(floor, DECISION_KEYS)),
);

/** The time that the calls of some methods took. */
class Stopwatch {
  milliseconds = 0;
  calls = 0;

  /** Times every call from now on. */
  on<T extends object>(prototype: T, method: keyof T & string): void {
    const original: unknown = prototype[method];
    if (typeof original !== 'function') throw new Error(`${method} is no method`);
    const add = (beganMs: number): void => {
      this.milliseconds += performance.now() - beganMs;
      this.calls++;
    };
    const timed = function (this: T, ...args: unknown[]): unknown {
      const beganMs = performance.now();
      try {
        return Reflect.apply(original, this, args);
      } finally {
        add(beganMs);
      }
    };
    Object.defineProperty(prototype, method, { value: timed });
  }

  reset(): void {
    this.milliseconds = 0;
    this.calls = 0;
  }
}

/** Plays rounds; those who speak at the same time are asked at the same time. `done` is told what each round took. */
async function play(brain: Brain, count: number, done: (tookMs: number) => void): Promise<void> {
  const stage = new Floor({ seed: SEED });
  const never = new AbortController().signal;
  for (let round = 0; round < count; round++) {
    stage.act({ type: 'openRound' });
    const beganMs = performance.now();
    for (let next = nextSpeakers(stage.state); next.length > 0; next = nextSpeakers(stage.state)) {
      const turns = next.map((trader) => {
        const observation = observe(stage.state, trader, content);
        return { id: `${observation.round}:${trader}`, observation };
      });
      const answers = await Promise.all(turns.map((turn) => brain.think(turn, never)));
      for (const [at, { observation }] of turns.entries()) {
        const decision = answers[at]?.decision;
        if (decision) stage.act({ type: 'takeTurn', trader: observation.trader, decision, fumble: null });
      }
    }
    done(performance.now() - beganMs);
    stage.act({ type: 'closeRound' });
  }
}

interface Cost {
  /** Before the first token. */
  preparedMs: number;
  judgedMs: number;
  tokens: number;
}

function writtenUnderGuard(turn: Turn, decision: Decision): Cost {
  const beganMs = performance.now();
  const rules = turnRules(turn, { ...ALL_LINES, cast, seed: SEED, guards });
  const guard = guards.for(turn.observation, turn.floor, rules);
  const preparedMs = performance.now() - beganMs;
  if (!guard) throw new Error(`nobody guards ${turn.observation.trader}`);
  let tokens = 0;
  const writingMs = performance.now();
  for (const field of ['thought', 'speech'] as const) {
    let text = '';
    for (const [piece] of decision[field].matchAll(PIECES)) {
      guard.mustEnd(field, text);
      guard.pull(field, text);
      text += piece;
      guard.judge(field, text, false);
      tokens++;
    }
    guard.judge(field, text, true);
  }
  const judgedMs = performance.now() - writingMs;
  guards.remember(turn.observation.trader, decision, turn.floor);
  return { preparedMs, judgedMs, tokens };
}

async function guardsAlone(): Promise<void> {
  const scripted = createScriptedBrain({ cast, seed: SEED });
  const costs: Cost[] = [];
  const guarded: Brain = {
    ...scripted,
    async think(turn, signal) {
      const answer = await scripted.think(turn, signal);
      costs.push(writtenUnderGuard(turn, answer.decision));
      return answer;
    },
  };
  await play(guarded, WARM_UP + rounds, () => undefined);
  const counted = costs.slice(WARM_UP * cast.filter(({ guest }) => guest !== true).length);
  const each = (of: (cost: Cost) => number): number => median(counted.map(of)) * 1_000;
  console.log(`the guards alone, ${rounds} rounds of four turns, medians:`);
  console.log(`  prepared for a turn: ${each(({ preparedMs }) => preparedMs).toFixed(0)} µs`);
  console.log(
    `  judged: ${each(({ judgedMs, tokens }) => judgedMs / tokens).toFixed(1)} µs a token, ` +
      `${each(({ judgedMs }) => judgedMs).toFixed(0)} µs a turn of ${median(counted.map(({ tokens }) => tokens))} tokens`,
  );
}

/** Whether it is within the bar. */
async function underModel(modelFile: string): Promise<boolean> {
  const judging = new Stopwatch();
  for (const method of ['judge', 'mustEnd', 'pull'] as const) judging.on(LineGuard.prototype, method);
  const preparing = new Stopwatch();
  for (const method of ['for', 'copies'] as const) preparing.on(TraderGuards.prototype, method);
  const brain = await createLlamaBrain({ modelFile, ...floor, seed: SEED, threads, log: silentLog });
  const shares: number[] = [];
  const took: number[] = [];
  await play(brain, MODEL_WARM_UP + modelRounds, (tookMs) => {
    took.push(tookMs);
    shares.push((judging.milliseconds + preparing.milliseconds) / tookMs);
    const spent = `judged ${judging.milliseconds.toFixed(1)} ms in ${judging.calls} calls, prepared ${preparing.milliseconds.toFixed(1)} ms`;
    console.log(`  ${took.length > MODEL_WARM_UP ? 'round' : 'warm-up'}: ${tookMs.toFixed(0)} ms, ${spent}`);
    judging.reset();
    preparing.reset();
  });
  await brain.close();
  const share = median(shares.slice(MODEL_WARM_UP));
  const ok = share <= SHARE_BAR;
  console.log(
    `  of a round of ${median(took.slice(MODEL_WARM_UP)).toFixed(0)} ms: ${(share * 100).toFixed(2)} %   bar ${SHARE_BAR * 100} %   ${ok ? 'ok' : 'MISSED'}`,
  );
  return ok;
}

await guardsAlone();
if (modelFile === undefined) process.exit(0);
console.log(`rounds of ${modelFile}, ${threads === 1 ? 'one thread' : `${threads} threads`}:`);
process.exit((await underModel(modelFile)) ? 0 : 1);
