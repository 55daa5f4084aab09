/** Plays one show headless and keeps what was seen, said and chosen. */
import { createScriptedBrain } from '#brain/scripted/scripted.ts';
import { withCoach } from '#brain/coached.ts';
import { createLlamaBrain } from '#brain/llama.ts';
import { DEFAULT_SAMPLER } from '#brain/turn-sampler.ts';
import { askedAs, samplerSchema } from '#brain/catalog.ts';
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
import { ARMS, type Arm, type PlayedArm } from './arms.ts';
import { createSeedBrain, SEED_WORDS } from './seed-brain.ts';
import type { SamplerChanges } from './samplers.ts';

export interface Asked {
  content: Content;
  /** `scripted`, a name of the catalog, or a file. */
  model: string;
  arm: Arm;
  /** In place of what the model's row says. */
  sampler: SamplerChanges;
  seed: number;
  rounds: number;
  threads: number | undefined;
  /** The folder that keeps evaluated prompts and habits from show to show. */
  cacheDir: string;
}

/** What a round took. */
export interface RoundCost {
  milliseconds: number;
  /** Of it, in passes over the weights; null for a brain that has none. */
  passMilliseconds: number | null;
}

export interface PlayedShow extends JudgedShow {
  turns: JudgedTurn[];
  /** The start and the first scene left out. */
  costs: RoundCost[];
  /** Of all turns together: read, fed as part of the form, drawn. */
  tokens: { evaluated: number; forced: number; sampled: number };
}

/** Nobody waits, and a machine with other work may be slow: a turn that took long is still one to be judged. */
const TURN_LIMIT_MS = 1_800_000;

export async function playForLines(wanted: Asked): Promise<PlayedShow> {
  const asked = { ...wanted, content: contentFor(wanted) };
  const { content, seed, rounds } = asked;
  const turns: JudgedTurn[] = [];
  const tokens = { evaluated: 0, forced: 0, sampled: 0 };
  const { brain, passMilliseconds } = await openBrainFor(asked);
  const store = openStore(':memory:');
  try {
    const show = new Show({
      content,
      rules: DEFAULT_RULES,
      seed,
      store,
      brain: listening(brain, turns, tokens),
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
    const costs: RoundCost[] = [];
    for (let round = 0; round < rounds; round++) {
      const startedMs = performance.now();
      const passedMs = passMilliseconds();
      await show.run(signal, 1);
      const nowMs = passMilliseconds();
      costs.push({
        milliseconds: performance.now() - startedMs,
        passMilliseconds: passedMs === null || nowMs === null ? null : nowMs - passedMs,
      });
    }
    return { turns, prompts: toldBy(asked), costs, tokens };
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

/** What lines must not be copied from, in the arm that is played: empty where nobody is told more than a name. */
function toldBy({ content: { cast, office }, model, arm }: Asked): Map<TraderId, string> {
  const floor = { cast, rooms: office.rooms };
  if ('seedPrompt' in ARMS[arm])
    return new Map(cast.map(({ id, persona }) => [id, `${persona}\n${SEED_WORDS}`]));
  if (model === 'scripted' || modelOnDisk(model).entry?.promptStyle === 'compact') return new Map();
  const { lines, wording }: PlayedArm = ARMS[arm];
  const shown = { ...ALL_LINES, ...lines }.examples ? allWorkedTurns(floor, DECISION_KEYS) : new Map();
  return fixedTexts(floor, DECISION_KEYS, shown, wording);
}

/** Writes down what the brain saw and answered, and adds up its tokens. */
function listening(brain: Brain, turns: JudgedTurn[], tokens: PlayedShow['tokens']): Brain {
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
        for (const kind of ['evaluated', 'forced', 'sampled'] as const)
          tokens[kind] += answer.tokens?.[kind] ?? 0;
        return answer;
      } catch (error) {
        const { thought, speech, trade } = fumbledDecision(observation.roomName);
        turns.push({ ...about, thought, speech, trade, fumbled: true });
        throw error;
      }
    },
  };
}

interface OpenBrain {
  brain: Brain;
  /** Spent in passes over the weights so far; null for a brain that has none. */
  passMilliseconds: () => number | null;
}

async function openBrainFor({
  content,
  model,
  arm,
  sampler,
  seed,
  threads,
  cacheDir,
}: Asked): Promise<OpenBrain> {
  const { cast, office } = content;
  if (model === 'scripted')
    return { brain: createScriptedBrain({ cast, seed }), passMilliseconds: () => null };
  const { file, entry } = modelOnDisk(model);
  const asked = askedAs(entry);
  const played: PlayedArm = ARMS[arm];
  if (played.seedPrompt) {
    const roomNames = office.rooms.map(({ name }) => name);
    const { thinking } = asked;
    const brain = await createSeedBrain({
      modelFile: file,
      thinking,
      cast,
      roomNames,
      sampler,
      seed,
      threads,
    });
    return { brain, passMilliseconds: () => brain.passMilliseconds };
  }
  const llama = await createLlamaBrain({
    modelFile: file,
    cast,
    rooms: office.rooms,
    ...asked,
    sampler: samplerSchema.parse({ ...(asked.sampler ?? DEFAULT_SAMPLER), ...sampler }),
    subjects: subjectsOf(content.headlines),
    seed,
    threads,
    cacheDir,
    lines: played.lines,
    wording: played.wording,
    log: toolLog,
  });
  // As the show plays it.
  const coached = asked.trainedOn === 1 && !played.alone;
  return {
    brain: coached ? withCoach(llama, { cast, rooms: content.office.rooms, seed }) : llama,
    passMilliseconds: () => llama.passMilliseconds,
  };
}
