/** Plays one show headless and keeps what was seen, said and chosen. */
import { createScriptedBrain } from '#brain/scripted/scripted.ts';
import { createLlamaBrain } from '#brain/llama.ts';
import { askedAs } from '#brain/catalog.ts';
import { subjectsOf } from '#brain/prompts/subject.ts';
import { allWorkedTurns } from '#brain/prompts/examples.ts';
import { fixedTexts } from '#brain/prompts/fixed-text.ts';
import { ALL_LINES } from '#brain/lines/settings.ts';
import type { Content } from '#core/content.ts';
import { DEFAULT_RULES } from '#core/state.ts';
import { DECISION_KEYS, fumbledDecision } from '#core/decision.ts';
import type { TraderId } from '#core/vocabulary.ts';
import type { JudgedShow } from '#lab/lines/report.ts';
import type { JudgedTurn } from '#lab/lines/turn.ts';
import { systemClock } from '#show/clock.ts';
import type { Brain } from '#show/ports/brain.ts';
import { Show } from '#show/show.ts';
import { openStore } from '#store/store.ts';
import { toolLog } from '../command-line.ts';
import { modelOnDisk } from '../model-on-disk.ts';
import { ARMS, type Arm } from './arms.ts';

export interface Asked {
  content: Content;
  /** `scripted`, a name of the catalog, or a file. */
  model: string;
  arm: Arm;
  seed: number;
  rounds: number;
  threads: number | undefined;
}

export interface PlayedShow extends JudgedShow {
  turns: JudgedTurn[];
  /** Of all rounds together, the start left out. */
  milliseconds: number;
}

const TURN_LIMIT_MS = 120_000;

export async function playForLines(wanted: Asked): Promise<PlayedShow> {
  const asked = { ...wanted, content: contentFor(wanted) };
  const { content, seed, rounds } = asked;
  const turns: JudgedTurn[] = [];
  const brain = await openBrainFor(asked);
  const store = openStore(':memory:');
  try {
    const show = new Show({
      content,
      rules: DEFAULT_RULES,
      seed,
      store,
      brain: listening(brain, turns),
      models: null,
      clock: systemClock,
      log: toolLog,
      paceMs: 0,
      turnLimitMs: TURN_LIMIT_MS,
      pictureEveryRounds: 0,
      blocks: () => false,
    });
    show.start('console');
    const { signal } = new AbortController();
    // The first scene has a script: no brain is asked.
    await show.run(signal, 1);
    const startedMs = performance.now();
    await show.run(signal, rounds);
    return {
      turns,
      prompts: toldBy(asked),
      milliseconds: performance.now() - startedMs,
    };
  } finally {
    store.close();
    await brain.close();
  }
}

function contentFor({ content, arm }: Asked): Content {
  if (!('plainCast' in ARMS[arm])) return content;
  const cast = content.cast.map((persona) => ({ ...persona, examples: undefined, script: undefined }));
  return { ...content, cast };
}

/** What lines must not be copied from, in the arm that is played. */
function toldBy({ content: { cast, office }, arm }: Asked): Map<TraderId, string> {
  const floor = { cast, rooms: office.rooms };
  const { examples } = { ...ALL_LINES, ...ARMS[arm].lines };
  return fixedTexts(floor, DECISION_KEYS, examples ? allWorkedTurns(floor, DECISION_KEYS) : new Map());
}

/** Writes down what the brain saw and answered. */
function listening(brain: Brain, turns: JudgedTurn[]): Brain {
  return {
    label: brain.label,
    close: () => brain.close(),
    think: async (turn, signal) => {
      const { observation } = turn;
      const about = { round: observation.round, trader: observation.trader, seen: observation };
      try {
        const answer = await brain.think(turn, signal);
        const { thought, speech, trade } = answer.decision;
        turns.push({ ...about, thought, speech, trade, fumbled: false });
        return answer;
      } catch (error) {
        const { thought, speech, trade } = fumbledDecision(observation.roomName);
        turns.push({ ...about, thought, speech, trade, fumbled: true });
        throw error;
      }
    },
  };
}

async function openBrainFor({ content, model, arm, seed, threads }: Asked): Promise<Brain> {
  if (model === 'scripted') return createScriptedBrain({ cast: content.cast, seed });
  const { file, entry } = modelOnDisk(model);
  return createLlamaBrain({
    modelFile: file,
    cast: content.cast,
    rooms: content.office.rooms,
    ...askedAs(entry),
    subjects: subjectsOf(content.headlines),
    seed,
    threads,
    lines: ARMS[arm].lines,
    log: toolLog,
  });
}
